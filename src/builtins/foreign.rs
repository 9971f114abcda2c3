//! What words of other systems are called here, so that an unknown name gets more than a list to read.

/// Words of GAP, LiE, Magma, Mathematica, NumPy, e3nn and EMLP, in lower case without underscores, and the function that does it here.
const FUNCTIONS: &[(&str, &str)] = &[
    ("size", "order"),
    ("cardinality", "order"),
    ("charactertable", "characters"),
    ("irr", "characters"),
    ("structuredescription", "group_name"),
    ("sylowsubgroup", "sylow"),
    ("derivedsubgroup", "derived_subgroup"),
    ("lattice", "subgroups"),
    ("subgrouplattice", "subgroups"),
    ("conjugacyclassessubgroups", "subgroups"),
    ("symmetricgroup", "S"),
    ("alternatinggroup", "A"),
    ("cyclicgroup", "Z"),
    ("dihedralgroup", "D"),
    ("permutationgroup", "perm"),
    ("matrixgroup", "matrix_group"),
    ("centraliser", "centralizer"),
    ("normaliser", "normalizer"),
    ("random", "sample"),
    ("haar", "sample"),
    ("randomelement", "random_element"),
    ("simpleliealgebra", "split"),
    ("killingmatrix", "killing_form"),
    ("rootdata", "root_system"),
    ("posroots", "roots"),
    ("positiveroots", "roots"),
    ("simpleroots", "cartan_matrix"),
    ("weyl", "weyl_order"),
    ("weylgroup", "weyl_order"),
    ("worder", "weyl_order"),
    ("longword", "longest_element"),
    ("dynkindiagram", "dynkin"),
    ("dynkintype", "cartan_type"),
    ("classify", "identify"),
    ("classification", "identify"),
    ("fundamental", "irrep"),
    ("highestweightmodule", "irrep"),
    ("reprule", "irrep"),
    ("spinor", "Spin"),
    ("clifford", "Spin"),
    ("symtensor", "Sym"),
    ("symmetricpower", "Sym"),
    ("symmetric", "Sym"),
    ("alttensor", "Alt"),
    ("exteriorpower", "Alt"),
    ("wedge", "Alt"),
    ("antisymmetric", "Alt"),
    ("branching", "branch"),
    ("threej", "wigner_3j"),
    ("sixj", "wigner_6j"),
    ("wigner", "wigner_3j"),
    ("wigner3j", "wigner_3j"),
    ("wigner6j", "wigner_6j"),
    ("ylm", "spherical_harmonics"),
    ("spherical", "spherical_harmonics"),
    ("fulltensorproduct", "tensor_product"),
    ("fullyconnectedtensorproduct", "tensor_product"),
    ("equivariantbasis", "basis"),
    ("intertwiners", "basis"),
    ("intertwiner", "basis"),
    ("equivariantprojector", "project"),
    ("hom", "maps"),
    ("homs", "maps"),
    ("uniformrep", "uniform"),
    ("neuralnetwork", "mlp"),
    ("draw", "picture"),
    ("plot", "picture"),
    ("heatmap", "picture"),
    ("symmetries", "discover"),
    ("symmetry", "discover"),
    ("findsymmetries", "discover"),
    ("learn", "discover"),
    ("readcsv", "load"),
    ("read", "load"),
    ("import", "load"),
    ("loadtxt", "load"),
    ("export", "save"),
    ("write", "save"),
    ("savez", "save"),
    ("totex", "latex"),
    ("texform", "latex"),
    ("tex", "latex"),
];

/// What a word of another system is called here.
pub fn known_elsewhere(word: &str) -> Option<&'static str> {
    let folded = word.to_lowercase().replace('_', "");
    FUNCTIONS.iter().find(|(foreign, _)| *foreign == folded).map(|(_, ours)| *ours)
}

/// Words that are no function here, and what to write.
const HABITS: &[(&str, &str)] = &[
    ("print", "a line that is an expression shows its value"),
    ("println", "a line that is an expression shows its value"),
    ("display", "a line that is an expression shows its value"),
    ("show", "a line that is an expression shows its value"),
    ("help", "`?name` explains in a session, `symmetra help name` outside of one"),
    ("quit", "`:quit` or Ctrl-D leaves a session"),
    ("exit", "`:quit` or Ctrl-D leaves a session"),
    ("def", "functions are defined with `let f(x) = …`"),
    ("function", "functions are defined with `let f(x) = …`"),
    ("fn", "functions are defined with `let f(x) = …`"),
    ("lambda", "functions are defined with `let f(x) = …`"),
    ("var", "a name gets a value with `let x = …`"),
    ("const", "a name gets a value with `let x = …`"),
    ("import", "programs are taken in with `include \"file.sym\"`"),
    ("from", "programs are taken in with `include \"file.sym\"`"),
    ("using", "programs are taken in with `include \"file.sym\"`"),
    ("I", "the imaginary unit is `i`"),
    ("e", "Euler's number is exp(1)"),
    ("V", "representations are named first: let V = vector(SO(3))"),
    ("T", "tensors are written with V = vector(G): V^2 * dual(V)"),
];

/// What to write instead of a word that is none of the language.
pub fn habit(word: &str) -> Option<&'static str> {
    HABITS.iter().find(|(foreign, _)| *foreign == word).map(|(_, ours)| *ours)
}

#[cfg(test)]
mod tests {
    use super::{FUNCTIONS, HABITS};
    use crate::builtins::find;

    #[test]
    fn the_names_exist_and_the_words_do_not() {
        for (_, ours) in FUNCTIONS {
            assert!(find(ours).is_some(), "{ours}");
        }
        let own: Vec<&str> = FUNCTIONS.iter().map(|row| row.0).filter(|word| find(word).is_some()).collect();
        assert!(own.is_empty(), "{own:?} are names of their own");
        let own: Vec<&str> = HABITS.iter().map(|row| row.0).filter(|word| find(word).is_some()).collect();
        assert!(own.is_empty(), "{own:?} are names of their own");
    }
}
