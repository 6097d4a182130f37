//! The `rapporteur` program: arguments and streams to [`rapporteur::cli`], its answer to an exit code.

fn main() -> std::process::ExitCode {
    rapporteur::cli::main()
}
