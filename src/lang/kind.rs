//! Kinds of values, as sets: what a function takes, what it gives, what the checker knows of an expression.

use std::fmt;
use std::ops::BitOr;

/// A set of kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kinds(u32);

/// Each kind with its names: for messages, and for more than one.
const NAMES: &[(Kinds, &str, &str)] = &[
    (Kinds::NUMBER, "a number", "number"),
    (Kinds::FLOAT, "a float", "float"),
    (Kinds::BOOLEAN, "true or false", "boolean"),
    (Kinds::TEXT, "a string", "string"),
    (Kinds::LIST, "a list", "list"),
    (Kinds::RANGE, "a range", "range"),
    (Kinds::MATRIX, "a matrix", "matrix"),
    (Kinds::FLOAT_MATRIX, "a float matrix", "float matrix"),
    (Kinds::CYCLOTOMIC_MATRIX, "a cyclotomic matrix", "cyclotomic matrix"),
    (Kinds::PERMUTATION, "a permutation", "permutation"),
    (Kinds::FIELD, "a field (R, C or H)", "field"),
    (Kinds::TYPE, "a Cartan type", "type"),
    (Kinds::ALGEBRA, "a Lie algebra", "algebra"),
    (Kinds::CONSTANTS, "structure constants", "structure constants"),
    (Kinds::ELEMENT, "an element", "element"),
    (Kinds::GROUP, "a group", "group"),
    (Kinds::REP, "a representation", "rep"),
    (Kinds::NETWORK, "a network", "network"),
    (Kinds::FORM, "a form", "form"),
    (Kinds::FUNCTION, "a function", "function"),
    (Kinds::RECORD, "a record", "record"),
    (Kinds::PICTURE, "a picture", "picture"),
    (Kinds::NOTHING, "nothing", "nothing"),
    (Kinds::ORACLE, "an oracle", "oracle"),
    (Kinds::DISCOVERY, "a discovery", "discovery"),
    (Kinds::TABLE, "a table", "table"),
];

impl Kinds {
    /// Exact numbers: sums of roots of unity, Gaussian and quadratic ones among them.
    pub const NUMBER: Kinds = Kinds(1);
    /// Floating-point numbers, real or complex.
    pub const FLOAT: Kinds = Kinds(1 << 1);
    /// `true` and `false`.
    pub const BOOLEAN: Kinds = Kinds(1 << 2);
    /// Strings.
    pub const TEXT: Kinds = Kinds(1 << 3);
    /// Lists.
    pub const LIST: Kinds = Kinds(1 << 4);
    /// Ranges of integers.
    pub const RANGE: Kinds = Kinds(1 << 5);
    /// Exact matrices.
    pub const MATRIX: Kinds = Kinds(1 << 6);
    /// Floating-point matrices.
    pub const FLOAT_MATRIX: Kinds = Kinds(1 << 7);
    /// Permutations.
    pub const PERMUTATION: Kinds = Kinds(1 << 8);
    /// The fields R, C, H.
    pub const FIELD: Kinds = Kinds(1 << 9);
    /// Cartan types such as E6.
    pub const TYPE: Kinds = Kinds(1 << 10);
    /// Lie algebras.
    pub const ALGEBRA: Kinds = Kinds(1 << 11);
    /// Tables of structure constants not known to satisfy Jacobi.
    pub const CONSTANTS: Kinds = Kinds(1 << 12);
    /// Elements of an algebra.
    pub const ELEMENT: Kinds = Kinds(1 << 13);
    /// Groups.
    pub const GROUP: Kinds = Kinds(1 << 14);
    /// Representations.
    pub const REP: Kinds = Kinds(1 << 15);
    /// Networks.
    pub const NETWORK: Kinds = Kinds(1 << 16);
    /// Polynomial forms.
    pub const FORM: Kinds = Kinds(1 << 17);
    /// Functions, built in or defined.
    pub const FUNCTION: Kinds = Kinds(1 << 18);
    /// Records: results with named attributes.
    pub const RECORD: Kinds = Kinds(1 << 19);
    /// Pictures in text.
    pub const PICTURE: Kinds = Kinds(1 << 20);
    /// The value of functions called for their effect.
    pub const NOTHING: Kinds = Kinds(1 << 21);
    /// Functions whose symmetries are to be discovered, and what depends on their coordinates.
    pub const ORACLE: Kinds = Kinds(1 << 22);
    /// Discovered symmetries.
    pub const DISCOVERY: Kinds = Kinds(1 << 23);
    /// Tables of data with named columns.
    pub const TABLE: Kinds = Kinds(1 << 24);
    /// Exact matrices with roots of unity or square roots.
    pub const CYCLOTOMIC_MATRIX: Kinds = Kinds(1 << 25);
    /// Any kind.
    pub const ANY: Kinds = Kinds((1 << 26) - 1);
    /// Exact or floating-point numbers.
    pub const SCALAR: Kinds = Kinds(Kinds::NUMBER.0 | Kinds::FLOAT.0);
    /// What can be read as a matrix: matrices and lists of rows.
    pub const MATRIX_LIKE: Kinds = Kinds(Kinds::MATRIX.0 | Kinds::FLOAT_MATRIX.0 | Kinds::LIST.0);
    /// Lists and ranges.
    pub const SEQUENCE: Kinds = Kinds(Kinds::LIST.0 | Kinds::RANGE.0);
    /// What a loop can run over: also results that are lists of things.
    pub const ITERABLE: Kinds = Kinds(Kinds::SEQUENCE.0 | Kinds::RECORD.0);

    /// The union, usable in constants.
    pub const fn or(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }

    /// Whether the two sets meet.
    pub fn meets(self, other: Kinds) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether every kind here is in `other`.
    pub fn within(self, other: Kinds) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether nothing is known.
    pub fn is_any(self) -> bool {
        self == Kinds::ANY
    }

    /// The short names, joined by `|`, as in signatures.
    pub fn short(self) -> String {
        if self.is_any() {
            return "any".to_string();
        }
        let names: Vec<&str> = NAMES.iter().filter(|n| self.meets(n.0)).map(|n| n.2).collect();
        names.join(" | ")
    }
}

impl BitOr for Kinds {
    type Output = Kinds;
    fn bitor(self, other: Kinds) -> Kinds {
        self.or(other)
    }
}

/// With articles, for messages: `a matrix or a list`.
impl fmt::Display for Kinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_any() {
            return f.pad("any value");
        }
        let names: Vec<&str> = NAMES.iter().filter(|n| self.meets(n.0)).map(|n| n.1).collect();
        match names.as_slice() {
            [] => f.pad("nothing"),
            [one] => f.pad(one),
            [all @ .., last] => f.pad(&format!("{} or {last}", all.join(", "))),
        }
    }
}
