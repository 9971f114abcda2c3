//! A stand-in for the language until it lands.
#![allow(missing_docs, dead_code)]

pub mod value {
    #[derive(Debug, Clone, PartialEq)]
    pub enum Value {
        Text(String),
    }

    impl Value {
        pub fn to_markup(&self) -> crate::show::Markup {
            let Value::Text(text) = self;
            crate::show::Markup::text(text.clone())
        }
    }
}

pub mod parse {
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Completeness {
        Complete,
        Incomplete,
    }

    pub fn completeness(text: &str) -> Completeness {
        let open = text.matches(['(', '[', '{']).count();
        let shut = text.matches([')', ']', '}']).count();
        if open > shut { Completeness::Incomplete } else { Completeness::Complete }
    }
}
