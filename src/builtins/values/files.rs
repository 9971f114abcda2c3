//! Files, and looking at values.

use std::path::PathBuf;

use crate::builtins::algebras::over_quadratic;
use crate::builtins::networks::tying;
use crate::builtins::values::arrays;
use crate::builtins::{Arguments, Builtin, Context, Example, keyword, networks, required};
use crate::data::onnx::Precision;
use crate::data::{self, Fault, numpy, numpy_read, read, safetensors, write};
use crate::diag::{Code, Diagnostic};
use crate::lang::kind::Kinds;
use crate::lang::value::{MapBasis, Value};
use crate::lang::{brackets, cyclotomic, print};
use crate::lie::{self, MatrixSet, SpanError};
use crate::nets;
use crate::show::scene;

type Outcome = Result<Value, Diagnostic>;

/// Larger files are refused.
const MAX_FILE: u64 = 2 << 30;

/// The rows of this topic.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "load",
        aliases: &[],
        topic: "files",
        params: &[required("path", Kinds::TEXT)],
        returns: Kinds::ALGEBRA.or(Kinds::TABLE),
        summary: "a Lie algebra from a JSON file of structure constants or generators; a table from .csv, .npy, .npz",
        help: "Structure constants: {\"dim\": n, \"structure_constants\": [[i, j, k, \"p/q\"], …]}, indices from 0. Generators: {\"generators\": [matrix, …]}, rows of numbers 1, \"3/4\", \"1/2+3i\" or floats; with \"(1+√5)/2\" among them they span an algebra over Q(√5). The Jacobi identity, or that the generators are closed under brackets, is proved on loading. The path is relative to the script.",
        examples: &[],
        run: load,
    },
    Builtin {
        name: "load_matrices",
        aliases: &[],
        topic: "files",
        params: &[required("path", Kinds::TEXT)],
        returns: Kinds::LIST,
        summary: "the list of matrices in a file: JSON with generators, NumPy's .npy or .npz",
        help: "JSON: {\"generators\": [matrix, …]}. An array of shape (n, m) is one matrix, of shape (k, n, m) a list of k; of an archive the \
arrays one after another. Arrays of integers are exact, others floats. `matrix_group(load_matrices(\"file.npy\"))` is the group that they \
generate, `generate(load_matrices(\"file.json\"))` the algebra.",
        examples: &[],
        run: load_matrices,
    },
    Builtin {
        name: "save",
        aliases: &[],
        topic: "files",
        params: &[
            required("value", Kinds::ANY),
            required("path", Kinds::TEXT),
            keyword("precision", Kinds::TEXT, "\"single\""),
        ],
        returns: Kinds::NOTHING,
        summary: "writes a value to a file; the ending picks the format",
        help: ".json, .txt, .csv (matrices), .mtx (Matrix Market), .npy (a matrix, or a list of matrices of one shape), .npz (matrices as arr_0, arr_1, …, or the matrices among the attributes of a record, by name; of a basis the array `basis`, of a network its parameters; numbers become doubles), .safetensors (a network, a basis), .onnx (a network as a model x ↦ y on samples; a basis as x, coefficients ↦ Σ c_k B_k x; precision = \"double\" for 64-bit floats), .svg or .png (pictures, tie). The file is replaced in one step: it is never half written. The path is relative to the script.",
        examples: &[],
        run: save,
    },
    Builtin {
        name: "kind",
        aliases: &[],
        topic: "files",
        params: &[required("x", Kinds::ANY)],
        returns: Kinds::TEXT,
        summary: "the kind of a value",
        help: "",
        examples: &[Example { code: "kind(1..3)", output: "range" }],
        run: |_, a| Ok(Value::text(a.value("x")?.kind().short())),
    },
    Builtin {
        name: "text",
        aliases: &["string"],
        topic: "files",
        params: &[required("x", Kinds::ANY)],
        returns: Kinds::TEXT,
        summary: "a value as it is printed",
        help: "",
        examples: &[Example { code: "\"dimension \" + text(3^2 - 1)", output: "dimension 8" }],
        run: |_, a| Ok(Value::text(a.value("x")?.to_text())),
    },
    Builtin {
        name: "source",
        aliases: &[],
        topic: "files",
        params: &[required("x", Kinds::ANY)],
        returns: Kinds::TEXT,
        summary: "program text that gives the value again",
        help: "For numbers, strings, lists, ranges, matrices and permutations.",
        examples: &[Example { code: "source([1/2, 0; 0, 2i])", output: "[1/2, 0; 0, 2i]" }],
        run: |_, a| {
            let x = a.value("x")?;
            let unsupported = || a.wrong("x", Code::Unsupported, format!("{} has no source text", x.kind()));
            x.to_source().map(Value::text).ok_or_else(unsupported)
        },
    },
];

/// The path that a program names, taken from the folder of the script.
pub(crate) fn resolve(context: &Context<'_>, a: &Arguments, name: &str) -> Result<PathBuf, Diagnostic> {
    let path = a.text(name)?;
    if path.is_empty() || path.contains('\0') {
        return Err(a.wrong(name, Code::Io, "this names no file"));
    }
    Ok(context.base.join(path))
}

fn load(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let ending = a.text("path")?.rsplit('.').next().unwrap_or_default().to_lowercase();
    if ["csv", "npy", "npz"].contains(&ending.as_str()) {
        return crate::builtins::discovery::tables::read(context, a);
    }
    let (name, data) = read_data(context, a)?;
    let named = |mut error: Diagnostic| {
        error.message = format!("{name}: {}", error.message);
        error.at(a.span("path"))
    };
    match data {
        read::Data::Constants(constants) => {
            let origin = name.clone();
            let counted = |error: Diagnostic| match error.code {
                Code::Jacobi => error.hint("e1 is the basis element 0 of the file, and so on"),
                _ => error,
            };
            let made = brackets::from_table(constants, None, &origin, context.limits);
            made.map(Value::algebra).map_err(|error| named(counted(error)))
        }
        read::Data::Generators(matrices) => {
            let set = MatrixSet::gaussian(&matrices).map_err(|e| named(e.into()))?;
            let spanned = lie::span(&set, context.limits).map_err(|e| named(not_closed(e, a)))?;
            Ok(Value::algebra(spanned.algebra.with_origin(name)))
        }
        read::Data::FieldGenerators(matrices) => {
            over_quadratic::span(&matrices, &name, context.limits).map(Value::quadratic_algebra).map_err(named)
        }
        read::Data::FloatGenerators(_) => Err(named(
            Diagnostic::new(Code::Unsupported, "the generators are floats, and a float never becomes exact by itself")
                .hint("write exact numbers such as \"1/2\", or take the floats at their exact value: span([exact(m) for m in load_matrices(…)])"),
        )),
    }
}

/// What is wrong with generators from a file, which counts from 0.
fn not_closed(error: SpanError, a: &Arguments) -> Diagnostic {
    let SpanError::NotClosed { first, second, bracket, size } = error else { return error.into() };
    let bracket = Value::matrix(lie::as_gaussian(&bracket, size)).to_text();
    let path = a.text("path").unwrap_or("…");
    Diagnostic::new(
        Code::Closure,
        format!("the bracket of the generators {first} and {second} (from 0) is not in their span"),
    )
    .hint(format!(
        "the bracket is\n{bracket}\ngenerate(load_matrices(\"{path}\")) closes the generators under brackets"
    ))
}

fn load_matrices(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    if let Some(found) = arrays_of_file(context, a, "path")? {
        // Discoveries and trainings are saved with more than their generators.
        let generators = found.iter().position(|(name, _)| name == "generators");
        let mut matrices = Vec::new();
        for (name, array) in match generators {
            Some(at) => found.into_iter().skip(at).take(1).collect(),
            None => found,
        } {
            let shape = array.shape.clone();
            let made = arrays::matrices(array).ok_or_else(|| {
                let what = if name.is_empty() { "the array".to_string() } else { format!("`{name}`") };
                let message = format!(
                    "{what} of shape {shape:?} is no matrix and no list of real matrices; shapes are (n, m) and (k, n, m)"
                );
                a.wrong("path", Code::Shape, message)
            })?;
            matrices.extend(made);
        }
        return Ok(Value::list(matrices));
    }
    let (name, data) = read_data(context, a)?;
    match data {
        read::Data::Generators(matrices) => Ok(Value::list(matrices.into_iter().map(Value::matrix))),
        read::Data::FieldGenerators(matrices) => Ok(Value::list(matrices.into_iter().map(cyclotomic::matrix))),
        read::Data::FloatGenerators(matrices) => Ok(Value::list(matrices.into_iter().map(Value::float_matrix))),
        read::Data::Constants(_) => {
            Err(a.wrong("path", Code::Format, format!("{name} holds structure constants, not generators")))
        }
    }
}

/// The arrays of a NumPy file with their names, one without a name of a `.npy` file; `None` for a file with another ending.
pub(crate) fn arrays_of_file(
    context: &Context<'_>,
    a: &Arguments,
    parameter: &str,
) -> Result<Option<Vec<(String, numpy::Array)>>, Diagnostic> {
    let path = resolve(context, a, parameter)?;
    let archive = match path.extension().map(|e| e.to_string_lossy().to_lowercase()).as_deref() {
        Some("npy") => false,
        Some("npz") => true,
        _ => return Ok(None),
    };
    let here = |e: data::DataError| Diagnostic::from(e).at(a.span(parameter));
    let bytes = data::file::bytes(&path, MAX_FILE).map_err(here)?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let named = |mut error: Diagnostic| {
        error.message = format!("{name}: {}", error.message);
        error
    };
    let found = match archive {
        true => numpy_read::read_npz(&bytes, context.limits),
        false => numpy_read::read_npy(&bytes, context.limits).map(|array| vec![(String::new(), array)]),
    };
    found.map(Some).map_err(|e| named(here(e)))
}

/// The file's name and what it holds.
fn read_data(context: &Context<'_>, a: &Arguments) -> Result<(String, read::Data), Diagnostic> {
    let path = resolve(context, a, "path")?;
    let at = a.span("path");
    let mut file = data::file::open(&path, MAX_FILE).map_err(|e| Diagnostic::from(e).at(at))?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    if extension != "json" {
        let found = if extension.is_empty() { String::new() } else { format!(", not .{extension}") };
        let message = format!("a data file ends in .json{found}");
        return Err(a.wrong("path", Code::Unsupported, message));
    }
    let named = |mut error: Diagnostic| {
        error.message = format!("{name}: {}", error.message);
        error.at(at)
    };
    let data = read::json_file(&mut file, &path, MAX_FILE, context.limits).map_err(|error| match error.fault {
        // The path is in the message.
        Fault::Io => Diagnostic::from(error).at(at),
        _ => named(error.into()),
    })?;
    Ok((name, data))
}

/// Generators as `load` and `load_matrices` read them.
fn generators_document(matrices: &[Value]) -> String {
    let entries = |v: &Value| v.to_json().get("entries").cloned().unwrap_or_default();
    serde_json::json!({"generators": matrices.iter().map(entries).collect::<Vec<_>>()}).to_string() + "\n"
}

fn save(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let path = resolve(context, a, "path")?;
    let value = a.value("value")?;
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    context.limits.reserve(arrays::copies(value))?;
    let text = match (extension.as_str(), value) {
        ("json", Value::Algebra(algebra)) => {
            // What `load` reads: the table, with the names for people.
            let keys = print::constants_json(algebra);
            serde_json::Value::Object(keys).to_string() + "\n"
        }
        ("json", Value::QuadraticAlgebra(algebra)) => {
            let matrices = algebra.matrices().ok_or_else(|| {
                let message = "an algebra over Q(√d) is saved by its matrices, and this one has none";
                a.wrong("value", Code::Unsupported, message).hint("save(g.restricted, …) saves it as one over Q")
            })?;
            let matrix = |parts| over_quadratic::matrix(parts, algebra.radicand(), algebra.is_complex());
            generators_document(&matrices.iter().map(matrix).collect::<Vec<_>>())
        }
        ("json", Value::List(items))
            if !items.is_empty()
                && items.iter().all(|v| matches!(v, Value::Matrix(_) | Value::CyclotomicMatrix(_))) =>
        {
            generators_document(items)
        }
        ("json", Value::Basis(basis)) => basis_document(basis, context)?,
        ("json", Value::Discovery(it)) => crate::builtins::discovery::answer::document(it),
        ("json", Value::Training(it)) => crate::builtins::discovery::training_answer::document(it),
        ("json", value) => value.to_json().to_string() + "\n",
        ("txt", value) => value.to_text() + "\n",
        ("csv", Value::Table(table)) => write::columns(table),
        ("csv", Value::Matrix(m)) => write::csv(m),
        ("csv", Value::FloatMatrix(m)) => write::csv(m),
        ("csv" | "mtx", Value::CyclotomicMatrix(_)) => {
            let what = format!("a .{extension} file holds no roots of unity");
            return Err(a.wrong("value", Code::Unsupported, what).hint("save(float(m), …) writes floats"));
        }
        ("mtx", Value::Matrix(m)) => write::matrix_market(m).ok_or_else(|| {
            a.wrong(
                "value",
                Code::Unsupported,
                "Matrix Market files hold integers or floats, this matrix has fractions",
            )
            .hint("save(float(m), …) writes floats")
        })?,
        ("mtx", Value::FloatMatrix(m)) => write::matrix_market_float(m),
        (ending @ ("npy" | "npz" | "csv" | "svg" | "png"), Value::Tying(it)) => {
            let Some(bytes) = tying::file(it, ending, context.limits) else { return Ok(Value::Nothing) };
            context.limits.check()?;
            write::replace(&path, &bytes?, context.limits).map_err(|e| Diagnostic::from(e).at(a.span("path")))?;
            return Ok(Value::Nothing);
        }
        ("npz" | "safetensors", Value::Network(it)) => {
            let safe = extension == "safetensors";
            let made = if safe { networks::using::safetensors_file } else { networks::using::npz_file };
            let bytes = made(it, context.limits)?;
            write::replace(&path, &bytes, context.limits).map_err(|e| Diagnostic::from(e).at(a.span("path")))?;
            return Ok(Value::Nothing);
        }
        ("onnx", Value::Network(_) | Value::Basis(_)) => {
            let precision = match if a.get("precision").is_some() { a.text("precision")? } else { "single" } {
                "single" => Precision::Single,
                "double" => Precision::Double,
                other => {
                    let message = format!("a precision is \"single\" or \"double\", not {other:?}");
                    return Err(a.wrong("precision", Code::Argument, message));
                }
            };
            let bytes = match value {
                Value::Network(it) => nets::onnx(&it.network, &it.parameters, precision, context.limits)?,
                Value::Basis(it) => nets::onnx_of_basis(&it.basis, precision, context.limits)?,
                _ => Vec::new(),
            };
            write::replace(&path, &bytes, context.limits).map_err(|e| Diagnostic::from(e).at(a.span("path")))?;
            return Ok(Value::Nothing);
        }
        ("onnx", value) => {
            let message = format!("a .onnx file takes a network or a basis, not {}", value.line());
            return Err(a.wrong("value", Code::Kind, message).hint("emlp(X -> Y) makes a network"));
        }
        ("safetensors", Value::Basis(it)) => {
            let array = crate::builtins::groups::equivariant::array(it, context.limits)?;
            let numpy::Numbers::Real(numbers) = array.numbers else { return Ok(Value::Nothing) };
            let numbers = safetensors::Numbers::Real(numbers);
            let tensor = safetensors::Tensor { name: "basis".to_string(), shape: array.shape, numbers };
            let texts: Vec<(String, String)> = print::basis_keys(it)
                .into_iter()
                .map(|(k, v)| (k, v.as_str().map_or(v.to_string(), str::to_string)))
                .collect();
            let texts: Vec<(&str, String)> = texts.iter().map(|(k, v)| (k.as_str(), v.clone())).collect();
            let bytes = safetensors::write(&[tensor], &texts, context.limits)?;
            write::replace(&path, &bytes, context.limits).map_err(|e| Diagnostic::from(e).at(a.span("path")))?;
            return Ok(Value::Nothing);
        }
        ("safetensors", value) => {
            let message = format!("a .safetensors file takes a network or a basis, not {}", value.line());
            return Err(a.wrong("value", Code::Kind, message).hint("emlp(X -> Y) makes one"));
        }
        ("svg", Value::Drawing(drawing)) => scene::svg(&drawing.scene),
        ("png", Value::Drawing(drawing)) => {
            context.limits.check()?;
            let bytes = scene::png(&drawing.scene);
            write::replace(&path, &bytes, context.limits).map_err(|e| Diagnostic::from(e).at(a.span("path")))?;
            return Ok(Value::Nothing);
        }
        ("npy" | "npz", value) => {
            let at_value = |error: Diagnostic| error.at(a.span("value"));
            let bytes = match (extension.as_str(), value) {
                ("npz", Value::Basis(basis)) => Some(numpy::npz(&[(
                    "basis".into(),
                    crate::builtins::groups::equivariant::array(basis, context.limits)?,
                )])),
                ("npy", _) => arrays::array(value).map_err(at_value)?.map(|array| Ok(numpy::npy(&array))),
                _ => arrays::arrays(value).map_err(at_value)?.map(|arrays| numpy::npz(&arrays)),
            };
            let Some(bytes) = bytes else {
                let message = format!("a .{extension} file takes matrices, not {}", value.line());
                return Err(a
                    .wrong("value", Code::Kind, message)
                    .hint("a .npy file takes a list only of matrices of one shape"));
            };
            context.limits.check()?;
            let written = bytes.and_then(|bytes| write::replace(&path, &bytes, context.limits));
            written.map_err(|e| Diagnostic::from(e).at(a.span("path")))?;
            return Ok(Value::Nothing);
        }
        ("svg" | "png", value) => {
            let message = format!("a .{extension} file takes a picture of points and lines, not {}", value.line());
            return Err(a
                .wrong("value", Code::Kind, message)
                .hint("weight_diagram and root_system draw such pictures"));
        }
        ("csv" | "mtx", value) => {
            return Err(a.wrong(
                "value",
                Code::Kind,
                format!("a .{extension} file takes a matrix, not {}", value.kind()),
            ));
        }
        _ => {
            let found = if extension.is_empty() { String::new() } else { format!(", not .{extension}") };
            let message = format!(
                "a file to save ends in .json, .txt, .csv, .mtx, .npy, .npz, .safetensors, .onnx, .svg or .png{found}"
            );
            return Err(a.wrong("path", Code::Unsupported, message));
        }
    };
    context.limits.check()?;
    write::replace(&path, text.as_bytes(), context.limits).map_err(|e| Diagnostic::from(e).at(a.span("path")))?;
    Ok(Value::Nothing)
}

/// The exact entries of a basis: for each matrix `[[row, column, "p/q"], …]`, indices from 0.
fn basis_document(it: &MapBasis, context: &Context<'_>) -> Result<String, Diagnostic> {
    context.limits.reserve(it.basis.nonzeros() as u128 * 128)?;
    let entries = |m: &crate::exact::SparseMatrix| {
        m.triples().map(|(i, j, v)| serde_json::json!([i, j, v.to_string()])).collect::<Vec<_>>()
    };
    let matrices: Vec<_> = match it.basis.matrices(context.limits)? {
        Some(all) => all.iter().map(entries).collect(),
        // Over a field entries are written as in matrices; a basis in floats has the rows of its matrices.
        None => {
            it.matrices(context.limits)?.iter().filter_map(|m| field_entries(m).or_else(|| float_rows(m))).collect()
        }
    };
    let mut keys = print::basis_keys(it);
    keys.insert("kind".to_string(), serde_json::json!("basis"));
    keys.insert("matrices".to_string(), serde_json::json!(matrices));
    Ok(serde_json::Value::Object(keys).to_string() + "\n")
}

fn field_entries(m: &Value) -> Option<Vec<serde_json::Value>> {
    let Value::CyclotomicMatrix(m) = m else { return None };
    let places = (0..m.rows()).flat_map(|i| (0..m.cols()).map(move |j| (i, j)));
    let entries = places.filter(|&place| !m[place].is_zero());
    Some(entries.map(|(i, j)| serde_json::json!([i, j, m[(i, j)].to_string()])).collect())
}

fn float_rows(m: &Value) -> Option<Vec<serde_json::Value>> {
    m.to_float_matrix().map(|m| m.iter_rows().map(|row| serde_json::json!(row)).collect())
}
