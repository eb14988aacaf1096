//! French: for admins.

use super::super::Admin;

pub(super) const ADMIN: Admin = Admin {
    menu: "Pages de l’équipe",
    upstream_fine: "Répond",
    upstream_never: "Aucun appel n’a été fait depuis le démarrage.",
    rejected: "Mastercard refuse notre secret de partenaire",
    rejected_text: "Il n’est pas réessayé avant de changer, car cinq refus bloquent le \
                    partenaire. Mettez le bon dans son fichier ; il est essayé à l’appel suivant. \
                    S’il est dans la configuration même, ou s’il s’agit de la clé d’application, \
                    redémarrez le service.",
    circuit: "Mastercard ne répond pas",
    missing_title: "Établissements absents",
    missing: "Signalés comme manquants",
    missing_none: "Personne n’a signalé d’établissement manquant.",
    empty: "Recherches sans résultat",
    empty_none: "Toutes les recherches ont trouvé quelque chose.",
    text: "Texte saisi",
    count: "Fois",
    last: "Dernière",
    directory_never: "Le répertoire n’a jamais été copié. La recherche demande chaque terme à \
                      Mastercard.",
    directory_old: "La copie du répertoire est trop vieille\u{a0}: une copie du jour a manqué.",
    upstream_last: |when| format!("Dernier appel réussi le {when}."),
    rejected_since: |when| format!("Depuis le {when}."),
    circuit_groups: |groups| format!("Appels retenus\u{a0}: {groups}."),
    circuit_next: |when| format!("Un appel passe le {when}."),
    copied: |when| format!("Copié le {when}"),
};
