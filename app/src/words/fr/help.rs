//! French: for support.

use super::super::{CaseWords, StoryWords};
use crate::api::cases::Settled;
use crate::api::story::{
    Became, Change, HelpNotice, Left, LineKind, Mark, NoLetter, Purpose, Step, Uncounted, VisitEnd,
    Went,
};

pub(super) const STORY: StoryWords = StoryWords {
    find_title: "Trouver une personne",
    find_lead: "Par son courriel, ou par le numéro d’un client, d’une connexion, d’un accès à \
                l’établissement, d’un compte ou d’une visite. Le registre note que vous avez \
                regardé.",
    find_label: "Courriel, numéro ou référence",
    find: "Chercher",
    find_none: "Personne n’est connu ici par cela.",
    story: "Histoire",
    connections: "Connexions",
    none_connected: "Rien n’est connecté.",
    login: "Accès à l’établissement",
    account_ids: "Comptes chez Mastercard",
    state: "État",
    help: "Aider pour cette connexion",
    letter: "Envoyer un courriel de réparation",
    letter_text: "Un courriel qui mène à l’avis dans nos pages. Il respecte ce que la personne a \
                  choisi.",
    snooze: "Mettre en sourdine",
    snooze_text: "La personne n’en entend plus parler pendant ce temps.",
    mark_title: "La sortir des chiffres",
    mark_text: "Un essai ne compte plus. Une muette ne compte plus non plus, et rien n’en est dit.",
    reason: "Raison",
    set_mark: "La marquer",
    timeline: "Ce qui s’est passé",
    kind: "Genre",
    every_kind: "Tout",
    apply: "Montrer ceux-ci",
    when: "Quand",
    what: "Quoi",
    nothing: "Rien ne s’est encore passé.",
    older: "Avant",
    newest: "Le plus récent",
    not_seen: "pas encore lu",
    to_person: "Rôle, accès et sessions",
    read: "Dernière lecture",
    unanswered: "Essayé depuis, sans réponse",
    tried: "Dernier essai",
    data: "Dernières données",
    said: "Ce qu’a dit Mastercard",
    no_code: "Pas encore lu",
    works: "Il fonctionne",
    to_event: "Voir l’événement",
    of_kind: "Mastercard dit que son client est un client d’essai",
    line_kind: |kind| {
        match kind {
            LineKind::Visit => "Visite",
            LineKind::Event => "Événement",
            LineKind::Change => "Connexion",
            LineKind::Break => "Panne",
            LineKind::Notice => "Avis",
            LineKind::Delivery => "Envoi",
            LineKind::Act => "Équipe",
        }
        .into()
    },
    mark: |mark| {
        match mark {
            Mark::Test => "Essai",
            Mark::Mute => "Muette",
        }
        .into()
    },
    unmark: |mark| {
        match mark {
            Mark::Test => "Ce n’est pas un essai",
            Mark::Mute => "Ne plus la taire",
        }
        .into()
    },
    refused: |since| format!("Son serveur refuse nos courriels depuis le {since}."),
    purpose: |purpose| {
        match purpose {
            Purpose::Connect => "Est allé connecter.",
            Purpose::Repair => "Est allé réparer.",
            Purpose::Renew => "Est allé renouveler l’autorisation.",
        }
        .into()
    },
    end: |end| {
        match end {
            VisitEnd::Open => "Cela continue.",
            VisitEnd::Proven => "Une lecture prouve que cela a marché.",
            VisitEnd::NoLink => "Mastercard n’a pas donné de lien.",
            VisitEnd::Left => "La personne est partie avant la fin.",
            VisitEnd::Expired => "Le temps est écoulé.",
            VisitEnd::SignInRefused => "La banque a refusé l’ouverture de session.",
            VisitEnd::Trouble => "La banque ou Mastercard avait des ennuis.",
            VisitEnd::Nothing => "C’est fini, et aucune lecture ne montre du nouveau.",
            VisitEnd::Others => "Quelqu’un qui a d’autres comptes a ouvert une session.",
        }
        .into()
    },
    step: |step, when| {
        let step = match step {
            Step::LinkMade => "lien créé",
            Step::Opened => "ouvert",
            Step::Adding => "session ou choix en cours",
            Step::SignInRefused => "session refusée",
            Step::Added => "comptes ajoutés",
            Step::NothingToRepair => "rien à réparer",
            Step::Trouble => "ennuis",
            Step::Left => "parti",
            Step::TimedOut => "fermé car inactif",
            Step::Finished => "terminé",
            Step::Returned => "revenu",
            Step::Read => "dernière lecture",
            Step::Proven => "prouvé",
        };
        format!("{step} {when}")
    },
    event: |kind| format!("Mastercard a envoyé « {kind} »."),
    became: |became| match became {
        Became::Waiting => "Il attend son tour.".into(),
        Became::Applied => "Il a eu son effet.".into(),
        Became::PutAside(_) => "Il a été mis de côté.".into(),
    },
    change: |change| match change {
        Change::Connected => "Son premier compte est arrivé.".into(),
        Change::RepairBegun => "La personne est allée la réparer.".into(),
        Change::RenewalBegun => "La personne est allée renouveler l’autorisation.".into(),
        Change::Renewed => "L’autorisation a une nouvelle fin.".into(),
        Change::Moved => "Elle est passée à un autre accès. Ses comptes sont restés.".into(),
        Change::AccountGone(account) => format!("Mastercard ne montre plus {account}."),
        Change::AccountBack(account) => format!("Mastercard montre de nouveau {account}."),
    },
    broke: |code| format!("Une lecture l’a trouvée en panne\u{a0}: {code}."),
    other_cause: |before, code| {
        format!(
            "Une lecture a trouvé une autre cause. Avant\u{a0}: {before}. Maintenant\u{a0}: {code}."
        )
    },
    ended: |repaired| {
        if repaired {
            "Une lecture prouve qu’elle marche de nouveau.".into()
        } else {
            "Il n’en reste rien chez Mastercard.".into()
        }
    },
    lasted: |time| format!("Elle a été en panne pendant {time}."),
    first_failed: |when| format!("Premier essai raté\u{a0}: {when}"),
    seen: |when| format!("lu le {when}"),
    letter_with: |count| match count {
        1 => "Un courriel avec un avis.".into(),
        count => format!("Un courriel avec {count} avis."),
    },
    text_with: |count| match count {
        1 => "Un message texte avec un avis.".into(),
        count => format!("Un message texte avec {count} avis."),
    },
    went: |went| match went {
        Went::Waiting => "Il attend.".into(),
        Went::Tried => "Il a été tenté, et le sera encore.".into(),
        Went::Sent(when) => format!("Accepté le {}.", when.text),
        Went::Refused(when) => format!("Refusé ou abandonné le {}.", when.text),
        Went::Dropped(when) => format!(
            "Pas envoyé\u{a0}: plus rien n’était valable le {}.",
            when.text
        ),
    },
    of_mark: |mark, reason| format!("{mark}\u{a0}: {reason}"),
    uncounted: |why| {
        match why {
            Uncounted::Removed => "Ne compte pas\u{a0}: la personne l’a retirée",
            Uncounted::Gone => "Ne compte pas\u{a0}: Mastercard n’en montre plus rien",
            Uncounted::Marked => "Ne compte pas",
            Uncounted::Waiting => "Ne compte pas\u{a0}: la personne n’a pas choisi quoi garder",
            Uncounted::Unread => "Ne compte pas\u{a0}: rien n’en a encore été lu",
        }
        .into()
    },
    left: |left| match left {
        Left::Gone(when) => {
            format!(
                "Disparu\u{a0}: Mastercard ne le montre plus depuis le {}",
                when.text
            )
        }
        Left::Removing => {
            "Retiré par la personne\u{a0}; Mastercard ne l’a pas encore confirmé".into()
        }
    },
};

pub(super) const CASES: CaseWords = CaseWords {
    title: "Dossiers",
    lead: "Des connexions avec des codes que seul Mastercard peut éclaircir. Signalez-les à son \
           assistance, et suivez ici ce qu’il en advient.",
    open_title: "Dans aucun dossier encore",
    open_none: "Il n’y a rien à signaler.",
    days: "En panne depuis au moins ce nombre de jours",
    count: "Connexions",
    more: "Suite",
    sent_title: "Envoyés",
    sent_none: "Aucun dossier n’a encore été envoyé.",
    sent: "Envoyé le",
    by: "Par",
    number: "Numéro du dossier",
    state: "État",
    earlier: "Dossiers antérieurs",
    text_label: "Texte pour le dossier d’assistance",
    text_hint: "Choisissez tout et copiez. Il contient des numéros et des dates, aucun nom.",
    csv: "La même chose en CSV",
    mark_title: "Une fois envoyé",
    mark_text: "Ces connexions sont alors suivies, jusqu’à ce que chacune marche ou ait disparu.",
    mark: "Marquer comme envoyé",
    number_hint: "Si vous l’avez. Vous pouvez l’ajouter plus tard.",
    save_number: "Garder le numéro",
    last_good: "Dernière bonne lecture",
    never: "Jamais",
    more_text: "Un dossier en prend 200. Le reste est dans le suivant.",
    back: "Tous les dossiers",
    nothing_title: "Il n’en reste rien",
    nothing_text: "Ces connexions marchent de nouveau, ou sont déjà dans un dossier.",
    table: "Connexions du dossier",
    heading: |institution, code| format!("{institution}\u{a0}: {code}"),
    progress: |count, all| match count {
        1 => format!("Une sur {all} marche de nouveau"),
        count => format!("{count} sur {all} marchent de nouveau"),
    },
    gone: |count| match count {
        1 => "une a disparu".into(),
        count => format!("{count} ont disparu"),
    },
    closed: |when| format!("clos le {when}"),
    settled: |settled| match settled {
        Settled::Not => "Toujours en panne".into(),
        Settled::Repaired(when) => format!("Marche de nouveau depuis le {}", when.text),
        Settled::Gone(when) => format!("A disparu depuis le {}", when.text),
    },
};

/// What became of what support did.
pub(super) fn help(notice: &HelpNotice) -> String {
    match notice {
        HelpNotice::Marked(Mark::Test) => "C’est un essai maintenant, qui ne compte plus.",
        HelpNotice::Marked(Mark::Mute) => {
            "Elle est muette. Elle ne compte plus, rien n’en est dit."
        }
        HelpNotice::Unmarked(Mark::Test) => "Ce n’est plus un essai.",
        HelpNotice::Unmarked(Mark::Mute) => "Elle n’est plus muette.",
        HelpNotice::Snoozed(until) => {
            return format!(
                "La personne n’en entend plus parler avant le {}.",
                until.text
            );
        }
        HelpNotice::Unsnoozed => "La personne en entend de nouveau parler.",
        HelpNotice::NoReason => "Donnez une raison de 200 lettres au plus. Rien n’a changé.",
        HelpNotice::LetterSent => "Le courriel est en route.",
        HelpNotice::LetterAt(when) => {
            return format!("Le courriel part après les heures calmes\u{a0}: {}.", when.text);
        }
        HelpNotice::NoLetter(reason) => return no_letter(reason),
        HelpNotice::CaseSent => "Marqué comme envoyé. Vous voyez ici ce qu’il en advient.",
        HelpNotice::CaseNumbered => "Le numéro est gardé.",
        HelpNotice::CaseEmpty => "Plus aucune n’est ainsi en panne. Aucun dossier n’a été créé.",
        HelpNotice::NotANumber => {
            "Ce n’est pas un numéro de dossier\u{a0}: 40 lettres, chiffres et signes comme # au plus."
        }
    }
    .into()
}

fn no_letter(reason: &NoLetter) -> String {
    match reason {
        NoLetter::Quiet => {
            "Pas de courriel\u{a0}: elle est muette ou a disparu, ou la personne ne peut pas entrer."
        }
        NoLetter::Works => "Pas de courriel\u{a0}: la connexion marche.",
        NoLetter::NotTheirTurn => "Pas de courriel\u{a0}: la personne n’y peut rien maintenant.",
        NoLetter::Snoozed(until) => {
            return format!(
                "Pas de courriel\u{a0}: elle est en sourdine jusqu’au {}. Mettez-y fin d’abord.",
                until.text
            );
        }
        NoLetter::Refused(since) => {
            return format!(
                "Pas de courriel\u{a0}: son serveur refuse nos courriels depuis le {}.",
                since.text
            );
        }
        NoLetter::Unwanted => {
            "Pas de courriel\u{a0}: la personne n’en veut pas, ou son adresse n’est pas confirmée."
        }
        NoLetter::JustSent(at) => {
            return format!(
                "Pas de second courriel\u{a0}: un est parti le {}. Attendez dix minutes.",
                at.text
            );
        }
        NoLetter::Full(until) => {
            return format!(
                "Pas de courriel\u{a0}: la part d’une semaine est partie. Réessayez après le {}.",
                until.text
            );
        }
    }
    .into()
}
