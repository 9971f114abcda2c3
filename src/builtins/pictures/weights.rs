//! Pictures of weights and roots.

use std::sync::Arc;

use crate::builtins::weights::modules::{R, REDUCTIVE, reductive_type};
use crate::builtins::{Arguments, Builtin, Context, Example, Param, keyword, required};
use crate::diag::{Code, Diagnostic};
use crate::lang::kind::Kinds;
use crate::lang::value::{Drawing, Value};
use crate::reps::decompose::complexification;
use crate::show::scene::Scene;
use crate::weights::{Module, root_scene, weight_scene};

const TOPIC: &str = "weights";
const ASCII: Param = keyword("ascii", Kinds::BOOLEAN, "false");

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "weight_diagram",
        aliases: &[],
        topic: TOPIC,
        params: &[R, ASCII],
        returns: Kinds::PICTURE,
        summary: "picture of the weights of a representation with their multiplicities",
        help: "Up to rank 2 to scale, the first simple root to the right; above projected to the Coxeter plane, where weights on one \
point are counted together; of a product above rank 2 each factor has its picture beside the others, charges in pairs. Lines join weights that differ by a root. save(picture, \"name.svg\") and \
\"name.png\" draw it with rings for multiplicities.",
        examples: &[Example {
            code: "weight_diagram(irrep(\"A1\", [3]), ascii = true)",
            output: "o.....o.....o.....o",
        }],
        run: |context, a| {
            let (module, name) = module_of(context, a)?;
            let at = |error| Diagnostic::from(error).at(a.span("R"));
            let decomposition = module.decomposition(context.limits).map_err(at)?;
            drawing(a, weight_scene(decomposition, &name, context.limits).map_err(at)?)
        },
    },
    Builtin {
        name: "root_system",
        aliases: &[],
        topic: TOPIC,
        params: &[required("G", REDUCTIVE), ASCII],
        returns: Kinds::PICTURE,
        summary: "picture of the roots of a reductive algebra",
        help: "Up to rank 2 all roots as arrows, to scale; above projected to the Coxeter plane (of products, each factor), on which a \
Coxeter element is the rotation by 2π/h: the 240 roots of E8 form eight rings of 30. roots(G) lists them. \
save(picture, \"name.svg\") and \"name.png\" draw it, short roots in another colour.",
        examples: &[Example { code: "kind(root_system(\"E8\"))", output: "picture" }],
        run: |context, a| {
            let group = reductive_type(context, a, "G")?;
            let scene = root_scene(&group, context.limits).map_err(|e| Diagnostic::from(e).at(a.span("G")))?;
            drawing(a, scene)
        },
    },
];

fn drawing(arguments: &Arguments, scene: Scene) -> Result<Value, Diagnostic> {
    Ok(Value::Drawing(Arc::new(Drawing { scene, ascii: arguments.flag("ascii", false)? })))
}

/// The representation by highest weights and what it is called.
fn module_of(context: &Context<'_>, arguments: &Arguments) -> Result<(Module, String), Diagnostic> {
    match arguments.value("R")? {
        Value::Module(it) => {
            let name = it.written.as_ref().map_or_else(|| "a representation".to_string(), |w| w.plain.clone());
            Ok((it.module.clone(), name))
        }
        Value::Rep(rep) => {
            let found =
                complexification(rep, context.limits).map_err(|e| Diagnostic::from(e).at(arguments.span("R")))?;
            Ok((found, rep.name()))
        }
        other => Err(arguments.wrong("R", Code::Kind, format!("expected a representation, not {}", other.kind()))),
    }
}
