//! A stand-in for the session until it lands.
#![allow(missing_docs)]

use std::collections::BTreeMap;
use std::path::Path;

use crate::diag::{Code, Diagnostic, Sources};
use crate::lang::value::Value;
use crate::limits::Limits;
use crate::span::Span;

#[derive(Clone, Default)]
pub struct Session {
    sources: Sources,
    names: BTreeMap<String, String>,
    last: Option<Value>,
    log: String,
}

pub struct Printed {
    pub value: Value,
    pub line: usize,
    pub source: String,
}

impl Printed {
    pub fn text(&self) -> String {
        let Value::Text(text) = &self.value;
        text.clone()
    }
    pub fn json(&self) -> serde_json::Value {
        serde_json::json!({"kind": "number", "line": self.line, "source": self.source, "value": self.text()})
    }
}

impl Session {
    pub fn new() -> Session {
        Session::default()
    }

    pub fn run(
        &mut self,
        name: &str,
        text: &str,
        _base: &Path,
        limits: &Limits,
        emit: &mut dyn FnMut(&Printed),
    ) -> Result<(), Diagnostic> {
        let source = self.sources.add(name, text);
        let mut start = 0;
        for (index, whole) in text.split('\n').enumerate() {
            let span = Span::new(source, start, start + whole.trim_end().len());
            start += whole.len() + 1;
            let line = whole.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if line.contains("spin") {
                loop {
                    limits.check().map_err(|stop| Diagnostic::from(stop).at(span))?;
                    limits.progress("spinning", 0.5);
                    std::thread::sleep(std::time::Duration::from_millis(5));
                }
            }
            if let Some((name, value)) = line.strip_prefix("let ").and_then(|rest| rest.split_once('=')) {
                self.names.insert(name.trim().to_owned(), value.trim().to_owned());
                self.log.push_str(&format!("{line}\n"));
                continue;
            }
            let value = match line.parse::<i64>() {
                Ok(_) => line.to_owned(),
                Err(_) if line.contains(['(', '[', '"']) => line.to_owned(),
                Err(_) => match self.names.get(line) {
                    Some(value) => value.clone(),
                    None => return Err(Diagnostic::new(Code::Name, format!("unknown name {line}")).at(span)),
                },
            };
            self.log.push_str(&format!("{line}\n"));
            emit(&Printed { value: Value::Text(value), line: index + 1, source: name.to_owned() });
        }
        Ok(())
    }

    pub fn check(&mut self, name: &str, text: &str, _base: &Path) -> Vec<Diagnostic> {
        let source = self.sources.add(name, text);
        text.contains("wrong")
            .then(|| Diagnostic::new(Code::Name, "wrong").at(Span::new(source, 0, 1)))
            .into_iter()
            .collect()
    }

    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    pub fn bindings(&self) -> Vec<(String, String, String)> {
        self.names.iter().map(|(name, value)| (name.clone(), "number".to_owned(), value.clone())).collect()
    }

    pub fn transcript(&self) -> String {
        self.log.clone()
    }

    pub fn reset(&mut self) {
        *self = Session::default();
    }

    pub fn last(&self) -> Option<&Value> {
        self.last.as_ref()
    }
}

pub mod help {
    use crate::diag::{Code, Diagnostic};

    pub fn topic(name: &str) -> Result<String, Diagnostic> {
        match name {
            "" => Ok("topics: identify".to_owned()),
            "identify" => Ok("identify(g)\n  The name of a Lie algebra.".to_owned()),
            _ => Err(Diagnostic::new(Code::Name, format!("no help on {name}")).hint("did you mean identify?")),
        }
    }

    pub fn names() -> Vec<&'static str> {
        vec!["dim", "generate", "identify", "load", "rank"]
    }

    pub fn keywords_of(function: &str) -> Vec<&'static str> {
        if function == "generate" { vec!["cap"] } else { Vec::new() }
    }

    pub fn signature(function: &str) -> Option<String> {
        (function == "identify").then(|| "identify(g: algebra) -> identification".to_owned())
    }
}
