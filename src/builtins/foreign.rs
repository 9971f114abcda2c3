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

#[cfg(test)]
mod tests {
    use super::FUNCTIONS;
    use crate::builtins::find;

    #[test]
    fn the_names_exist_and_the_words_do_not() {
        for (_, ours) in FUNCTIONS {
            assert!(find(ours).is_some(), "{ours}");
        }
        let own: Vec<&str> = FUNCTIONS.iter().map(|row| row.0).filter(|word| find(word).is_some()).collect();
        assert!(own.is_empty(), "{own:?} are names of their own");
    }
}
