//! The rules of the house that no compiler holds.

mod edges;
mod files;
mod licences;

/// Each rule with the places that break it.
pub fn check() -> Vec<(&'static str, Vec<String>)> {
    vec![
        ("arêtes permises entre les crates", edges::crates()),
        ("le moteur ne touche ni disque, ni réseau, ni horloge", edges::pure_engine()),
        ("licences permises", licences::allowed()),
        ("un fichier, un sujet : 800 lignes au plus", files::too_long()),
        ("ni chemin de machine, ni travail laissé en plan", files::forbidden_words()),
        ("chaque aide a ses règles, ses valeurs, ses cas, son LISEZMOI", files::legislation()),
        ("chaque dépendance a sa raison dans DESIGN.md", licences::reasons()),
    ]
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_house_is_tidy() {
        for (rule, broken) in super::check() {
            assert!(broken.is_empty(), "{rule} : {broken:#?}");
        }
    }
}
