//! A diagnostic as the last object of the JSON output.

use serde_json::{Value, json};

use super::{Diagnostic, Sources};

/// `{"kind":"error", …}` as the contract words it. An error without a place in a text has line and column 0;
/// `origin` is then the source it is reported for.
pub fn render(diagnostic: &Diagnostic, sources: &Sources, origin: &str) -> Value {
    let (line, column, source) = match diagnostic.span {
        Some(span) => {
            let (line, column) = sources.line_column(span);
            (line, column, sources.name(span.source))
        }
        None => (0, 0, origin),
    };
    json!({
        "kind": "error",
        "code": diagnostic.code.as_str(),
        "message": diagnostic.message,
        "line": line,
        "column": column,
        "source": source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;
    use crate::span::Span;

    #[test]
    fn the_error_object_of_the_contract() {
        let mut sources = Sources::default();
        let source = sources.add("a.sym", "let x = 1\nπ + y\n");
        let error = Diagnostic::new(Code::Name, "unknown name y").at(Span::new(source, 15, 16));
        assert_eq!(
            render(&error, &sources, "a.sym").to_string(),
            r#"{"kind":"error","code":"name","message":"unknown name y","line":2,"column":5,"source":"a.sym"}"#
        );
        let error = Diagnostic::new(Code::Io, "no such file");
        assert_eq!(render(&error, &sources, "b.sym")["source"], "b.sym");
    }
}
