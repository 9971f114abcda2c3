//! The JSON objects that a program can print, one row for each kind; the reference page shows them and a test
//! compares the keys with those of a real output.

mod algebras;
mod discovery;
mod finite;
mod groups;
mod networks;
mod values;
mod weights;

/// One kind of JSON object.
#[derive(Debug)]
pub struct JsonKind {
    /// The value of `"kind"`.
    pub kind: &'static str,
    /// What it stands for.
    pub about: &'static str,
    /// A program whose last result is of this kind.
    pub sample: &'static str,
    /// Its keys besides `kind`, `line` and `source`, in order, with their meaning. `…` stands for keys that depend on
    /// the value.
    pub keys: &'static [(&'static str, &'static str)],
}

const fn kind(
    kind: &'static str,
    about: &'static str,
    sample: &'static str,
    keys: &'static [(&'static str, &'static str)],
) -> JsonKind {
    JsonKind { kind, about, sample, keys }
}

/// The kinds of records that are lists, with the key of their entries: they are counted, indexed and run over.
const LISTS: &[(&str, &str)] = &[
    ("anomalies", "anomalies"),
    ("architecture_graph", "nodes"),
    ("architectures", "items"),
    ("character_table", "values"),
    ("clebsch_gordan", "components"),
    ("conjugacy_classes", "classes"),
    ("decomposition", "terms"),
    ("direct_sum", "summands"),
    ("equivariance_errors", "layers"),
    ("explanation", "steps"),
    ("float_decomposition", "terms"),
    ("float_ideals", "ideals"),
    ("invariant_tensors", "tensors"),
    ("irreducible_parts", "parts"),
    ("irreducibles", "items"),
    ("isotypic", "components"),
    ("levi_subgroups", "subgroups"),
    ("maximal_subgroups", "subgroups"),
    ("network", "layers"),
    ("nilpotent_orbits", "orbits"),
    ("restricted_roots", "systems"),
    ("satake", "diagrams"),
    ("sparse_matrices", "matrices"),
    ("subalgebras", "classes"),
    ("subgroups", "items"),
    ("vogan", "diagrams"),
    ("weights", "weights"),
];

/// The key under which records of this kind hold their entries, where they are lists.
pub fn list_key(kind: &str) -> Option<&'static str> {
    LISTS.iter().find(|(name, _)| *name == kind).map(|(_, key)| *key)
}

/// The kinds topic by topic, in the order of the reference.
pub const JSON_KINDS: &[&[JsonKind]] =
    &[values::KINDS, algebras::KINDS, weights::KINDS, groups::KINDS, finite::KINDS, networks::KINDS, discovery::KINDS];
