# Lists the recipes.
default:
    @just --list

# Everything that must hold before a change goes in.
check: fmt clippy test doc validate records

# The house format.
fmt:
    cargo fmt --all --check

# Lints are errors.
clippy:
    cargo clippy --workspace --all-targets --locked -- -D warnings

# The command of the README.
test:
    cargo test

# The documentation of the crate; warnings are errors.
doc $RUSTDOCFLAGS="-D warnings":
    cargo doc --no-deps --locked

# The records with an ordinary JSON Schema validator; needs check-jsonschema.
validate:
    sh tests/validate_records.sh
    cargo build --locked
    python3 tests/validators/run.py target/debug/rapporteur

# The records with rapporteur.
records:
    cargo run --release --locked -- check records

# Writes anew what tests compare: tables, examples and snapshots. Read the difference before committing it.
update $UPDATE="1" $INSTA_UPDATE="always":
    cargo test --locked

# Compares whole runs with other validators; docs/performance.md has the table.
[positional-arguments]
bench-peers *arguments:
    python3 benches/peers/run.py "$@"

# Starts a new rule: its page, its file, its lines in the tables. `just new-rule times slot-too-short`
new-rule family id:
    python3 tools/new_rule.py {{family}} {{id}}
