//! What a reader says when a source breaks its syntax.

use super::{Builder, MAX_DEPTH, ProblemKind};
use crate::source::Span;

/// The first place at which a source breaks its syntax, with what to say of it.
#[derive(Debug)]
pub(super) struct Failure {
    span: Span,
    message: String,
    help: Option<String>,
    label: Option<(Span, String)>,
}

/// The result of reading a part of a source. Failures are rare, so their size stays off the path
/// of the values.
pub(super) type Read<T> = Result<T, Box<Failure>>;

impl Failure {
    pub(super) fn new(span: Span, message: impl Into<String>) -> Box<Self> {
        Box::new(Self {
            span,
            message: message.into(),
            help: None,
            label: None,
        })
    }

    pub(super) fn help(mut self: Box<Self>, help: impl Into<String>) -> Box<Self> {
        self.help = Some(help.into());
        self
    }

    pub(super) fn label(mut self: Box<Self>, span: Span, text: impl Into<String>) -> Box<Self> {
        self.label = Some((span, text.into()));
        self
    }

    pub(super) fn record(self, builder: &mut Builder) {
        let Self {
            span,
            message,
            help,
            label,
        } = self;
        builder.problem(
            span,
            ProblemKind::Syntax {
                message,
                help,
                label,
            },
        );
    }
}

/// What JSON and YAML say alike.
impl Failure {
    pub(super) fn empty_file(len: usize) -> Box<Self> {
        Self::new(Span::at(len as u32), "the file is empty")
            .help("write a record into it, or remove the file")
    }

    pub(super) fn too_deep(span: Span) -> Box<Self> {
        Self::new(
            span,
            format!("values are nested more than {MAX_DEPTH} deep"),
        )
        .help("bring the value closer to the top")
    }

    pub(super) fn out_of_range(span: Span) -> Box<Self> {
        Self::new(span, "this number is too large for other programs to read")
            .help("write it as a string if it is not a quantity")
    }
}
