//! Writing ONNX models: a graph of operators as protocol buffers.
//!
//! Sources: onnx.proto of the repository onnx/onnx (numbers of fields and types), the encoding of protocol buffers
//! (developers.google.com/protocol-buffers/docs/encoding). Operators are those of version 13 of the operator set.

use super::{DataError, Fault};
use crate::limits::Limits;

/// Version of the format, and of the operator set.
const IR_VERSION: u64 = 8;
const OPERATORS: u64 = 13;
/// Protocol buffers are read up to this size.
const MAX_BYTES: usize = i32::MAX as usize;

/// The precision of all floats in a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// 32 bits.
    Single,
    /// 64 bits.
    Double,
}

impl Precision {
    /// The number of the type in onnx.proto.
    fn number(self) -> u64 {
        match self {
            Precision::Single => 1,
            Precision::Double => 11,
        }
    }
}

/// A message that is being written: fields one after another.
#[derive(Default)]
struct Message(Vec<u8>);

impl Message {
    fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    fn number(&mut self, field: u64, value: u64) {
        self.varint(field << 3);
        self.varint(value);
    }

    fn bytes(&mut self, field: u64, value: &[u8]) {
        self.varint(field << 3 | 2);
        self.varint(value.len() as u64);
        self.0.extend_from_slice(value);
    }

    fn message(&mut self, field: u64, build: impl FnOnce(&mut Message)) {
        let mut inner = Message::default();
        build(&mut inner);
        self.bytes(field, &inner.0);
    }
}

/// The value of an attribute of an operator.
#[derive(Clone, Debug, PartialEq)]
pub enum Attribute {
    /// A whole number.
    Int(i64),
    /// Whole numbers.
    Ints(Vec<i64>),
}

/// An operator: its type, the names of what it takes and of what it gives, its attributes.
struct Node {
    operator: &'static str,
    inputs: Vec<String>,
    output: String,
    attributes: Vec<(&'static str, Attribute)>,
}

/// A tensor stored in the model.
struct Constant {
    name: String,
    shape: Vec<usize>,
    kind: u64,
    raw: Vec<u8>,
}

/// A graph that is being built. Inputs and outputs have any number of samples as their first dimension, unless they have no
/// `batch`.
pub struct Graph {
    precision: Precision,
    inputs: Vec<(String, bool, usize)>,
    outputs: Vec<(String, bool, usize)>,
    nodes: Vec<Node>,
    constants: Vec<Constant>,
    texts: Vec<(String, String)>,
}

impl Graph {
    /// Nothing yet.
    pub fn new(precision: Precision) -> Graph {
        Graph {
            precision,
            inputs: Vec::new(),
            outputs: Vec::new(),
            nodes: Vec::new(),
            constants: Vec::new(),
            texts: Vec::new(),
        }
    }

    /// An argument of the model: vectors of this length, one for each sample, or one alone.
    pub fn input(&mut self, name: &str, batch: bool, length: usize) -> String {
        self.inputs.push((name.to_string(), batch, length));
        name.to_string()
    }

    /// A value of the model, given by the node of this name.
    pub fn output(&mut self, from: &str, name: &str, length: usize) {
        self.nodes.push(Node {
            operator: "Identity",
            inputs: vec![from.to_string()],
            output: name.to_string(),
            attributes: Vec::new(),
        });
        self.outputs.push((name.to_string(), true, length));
    }

    /// A text beside the model.
    pub fn text(&mut self, key: &str, value: &str) {
        self.texts.push((key.to_string(), value.to_string()));
    }

    /// Floats in this shape, the last index fastest.
    pub fn floats(
        &mut self,
        name: &str,
        shape: &[usize],
        values: &[f64],
        limits: &Limits,
    ) -> Result<String, DataError> {
        let bytes = if self.precision == Precision::Single { 4 } else { 8 };
        limits.reserve(2 * bytes * values.len() as u128)?;
        let raw = match self.precision {
            Precision::Single => values.iter().flat_map(|x| (*x as f32).to_le_bytes()).collect(),
            Precision::Double => values.iter().flat_map(|x| x.to_le_bytes()).collect(),
        };
        let kind = self.precision.number();
        self.constants.push(Constant { name: name.to_string(), shape: shape.to_vec(), kind, raw });
        Ok(name.to_string())
    }

    /// Whole numbers: indices, shapes.
    pub fn indices(&mut self, name: &str, values: &[i64]) -> String {
        let raw = values.iter().flat_map(|x| x.to_le_bytes()).collect();
        self.constants.push(Constant { name: name.to_string(), shape: vec![values.len()], kind: 7, raw });
        name.to_string()
    }

    /// An operator on things of these names; its value gets the name `output`.
    pub fn node(
        &mut self,
        operator: &'static str,
        inputs: &[&str],
        output: &str,
        attributes: &[(&'static str, Attribute)],
    ) -> String {
        let inputs = inputs.iter().map(|name| name.to_string()).collect();
        self.nodes.push(Node { operator, inputs, output: output.to_string(), attributes: attributes.to_vec() });
        output.to_string()
    }

    /// The bytes of the model; an error above 2 GiB, which protocol buffers do not allow.
    pub fn bytes(&self, limits: &Limits) -> Result<Vec<u8>, DataError> {
        let total: usize = self.constants.iter().map(|c| c.raw.len()).sum();
        if total > MAX_BYTES {
            let message = format!("a .onnx file holds at most 2 GiB, this model has {} MiB", total >> 20);
            return Err(DataError::new(Fault::Io, message));
        }
        // The graph, the model around it, and the tensors within.
        limits.reserve(4 * total as u128)?;
        let mut model = Message::default();
        model.number(1, IR_VERSION);
        model.bytes(2, b"symmetra");
        model.bytes(3, env!("CARGO_PKG_VERSION").as_bytes());
        model.message(7, |graph| self.write(graph));
        model.message(8, |set| set.number(2, OPERATORS));
        for (key, value) in &self.texts {
            model.message(14, |entry| {
                entry.bytes(1, key.as_bytes());
                entry.bytes(2, value.as_bytes());
            });
        }
        match model.0.len() > MAX_BYTES {
            true => Err(DataError::new(Fault::Io, "a .onnx file holds at most 2 GiB")),
            false => Ok(model.0),
        }
    }

    fn write(&self, graph: &mut Message) {
        for (number, node) in self.nodes.iter().enumerate() {
            graph.message(1, |m| {
                node.inputs.iter().for_each(|name| m.bytes(1, name.as_bytes()));
                m.bytes(2, node.output.as_bytes());
                m.bytes(3, format!("{}_{number}", node.operator).as_bytes());
                m.bytes(4, node.operator.as_bytes());
                node.attributes.iter().for_each(|(name, value)| m.message(5, |a| attribute(a, name, value)));
            });
        }
        graph.bytes(2, b"network");
        for constant in &self.constants {
            graph.message(5, |m| {
                constant.shape.iter().for_each(|n| m.number(1, *n as u64));
                m.number(2, constant.kind);
                m.bytes(8, constant.name.as_bytes());
                m.bytes(9, &constant.raw);
            });
        }
        let kind = self.precision.number();
        let value = |m: &mut Message, (name, batch, length): &(String, bool, usize)| {
            m.bytes(1, name.as_bytes());
            m.message(2, |t| {
                t.message(1, |tensor| {
                    tensor.number(1, kind);
                    tensor.message(2, |shape| {
                        if *batch {
                            shape.message(1, |dim| dim.bytes(2, b"samples"));
                        }
                        shape.message(1, |dim| dim.number(1, *length as u64));
                    });
                });
            });
        };
        self.inputs.iter().for_each(|it| graph.message(11, |m| value(m, it)));
        self.outputs.iter().for_each(|it| graph.message(12, |m| value(m, it)));
    }
}

fn attribute(m: &mut Message, name: &str, value: &Attribute) {
    m.bytes(1, name.as_bytes());
    match value {
        // A negative number takes ten bytes, as in two's complement.
        Attribute::Int(i) => {
            m.number(3, *i as u64);
            m.number(20, 2);
        }
        Attribute::Ints(all) => {
            all.iter().for_each(|i| m.number(8, *i as u64));
            m.number(20, 7);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_encoded_as_the_description_says() {
        // The example of the description: field 1, value 150 is 08 96 01; a text "testing" in field 2.
        let mut m = Message::default();
        m.number(1, 150);
        m.bytes(2, b"testing");
        assert_eq!(m.0, b"\x08\x96\x01\x12\x07testing");
    }

    #[test]
    fn a_model_has_its_fields_in_order() {
        let limits = Limits::none();
        let mut graph = Graph::new(Precision::Single);
        let x = graph.input("x", true, 2);
        let w = graph.floats("w", &[2, 1], &[0.5, -1.0], &limits).unwrap();
        let y = graph.node("MatMul", &[&x, &w], "h", &[]);
        graph.output(&y, "y", 1);
        let bytes = graph.bytes(&limits).unwrap();
        // Fields of the model: 1 and 2, then 3, the graph (7) and the operator set (8).
        assert!(bytes.starts_with(b"\x08\x08\x12\x08symmetra\x1A"));
        assert!(bytes.ends_with(b"\x42\x02\x10\x0D"));
        let raw: Vec<u8> = [0.5f32, -1.0].iter().flat_map(|x| x.to_le_bytes()).collect();
        assert!(bytes.windows(raw.len()).any(|w| w == raw));
        for word in ["MatMul", "Identity", "samples"] {
            assert!(bytes.windows(word.len()).any(|w| w == word.as_bytes()));
        }
    }
}
