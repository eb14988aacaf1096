//! Spanish: what is connected, and how a repair ended.

use super::super::shape::upper_first;
use super::super::{Counts, Overview, RepairWords};
use super::people::small;
use crate::api::shared::{Outage, Whose};

pub(super) const OVERVIEW: Overview = Overview {
    title: "Conexiones",
    empty_title: "Todavía no hay nada conectado",
    empty_text: "Busque su banco e inicie sesión en él. Tarda unos dos minutos.",
    empty_start: "Conectar un banco",
    connect_more: "Conectar otro banco",
    strip_wait: "en curso",
    strip_fine: "al día",
    setting_up: "En preparación",
    setting_up_text: "Las cuentas ya están aquí; sus primeros datos vienen en camino. No tiene \
                      que hacer nada.",
    waiting: "A la espera de su elección",
    waiting_text: "Todavía no ha dicho cuáles de estas cuentas quiere conservar.",
    stale: "Sin datos nuevos",
    needs_you: "Le toca a usted",
    institution_on_it: "Problema en el banco",
    mastercard_on_it: "Mastercard se ocupa",
    we_are_on_it: "Nos ocupamos nosotros",
    leaving: "Se está quitando",
    leaving_text: "Estas cuentas se están borrando en Mastercard. Después desaparecen de esta \
                   página.",
    gone: "Ya no está",
    choose: "Elegir cuentas",
    replaced: "Ya la conectó de nuevo, así que esta conexión antigua puede quitarse.",
    remove_old: "Quitar la antigua",
    connected: "Conectado",
    no_data_yet: "todavía sin datos",
    more: "Más",
    removing: "se está quitando",
    remove_text: "Dejamos de leer esta cuenta, y se borra en Mastercard. Su cuenta en su banco \
                  sigue como está. Para tenerla de nuevo, vuelva a conectar.",
    remove_keep: "Conservarla",
    last_good: "últimos datos",
    fix: "Arreglar la conexión",
    accounts: "Cuentas",
    account_gone: "Mastercard ya no muestra esta cuenta.",
    account_works: "funciona",
    history: "Qué ha pasado",
    end: "Quitar",
    back: "Todas sus conexiones",
    was_connected: "Usted la conectó.",
    was_repaired: "Funciona de nuevo: llegaron datos nuevos.",
    was_gone: "Mastercard ya no muestra ninguna de sus cuentas.",
    repair_begun: "Usted fue a arreglarla.",
    renewal_begun: "Usted fue a renovar su permiso.",
    renewed: "Su permiso se renovó.",
    disconnect_text: "Dejamos de leer todas las cuentas de esta conexión, y se borran en \
                      Mastercard junto con el permiso para entrar. Sus cuentas en su banco \
                      siguen como están. Para tenerlas de nuevo, vuelva a conectar.",
    changed_sign_in: "Cambié mis datos de acceso allí",
    disconnect_all: "Quitar todo",
    disconnect_all_title: "¿Quitar todas sus conexiones?",
    disconnect_all_text: "Dejamos de leer todas las cuentas que conectó aquí, y se borran en \
                          Mastercard junto con los permisos para entrar. Sus cuentas en sus \
                          bancos siguen como están. Para tenerlas de nuevo, vuelva a conectar \
                          cada banco.",
    renew: "Renovar el permiso",
    headline,
    strip_act: |_| "para usted".into(),
    outage,
    moving: |institution| {
        format!(
            "{institution} está pasando a otra forma de conexión. Sus cuentas y su historial siguen \
             aquí. Cuando haya que iniciar sesión allí de nuevo, se lo pedimos. Ahora no tiene que \
             hacer nada."
        )
    },
    since: |when| format!("Conectado desde el {when}"),
    broken_since: |last_good, failed| match last_good {
        Some(good) => format!("Se interrumpió entre el {good} y el {failed}"),
        None => format!("No funciona desde el {failed}"),
    },
    changed_sign_in_text: |by| {
        format!(
            "Todavía no hay nada que hacer. Leemos esta conexión de nuevo a más tardar el {by}. Si \
             entonces los datos de acceso de antes ya no sirven, le pedimos que inicie sesión una \
             vez con los nuevos."
        )
    },
    which_title: |account| format!("¿Dónde está ahora {account}?"),
    which_text: |institution| {
        format!(
            "{institution} muestra cuentas que se le parecen, y no adivinamos. Diga cuál es, y su \
             historial continúa. Si no es ninguna de ellas, no tiene que hacer nada aquí."
        )
    },
    it_is: |account| format!("Es {account}"),
    next_reading: |by| format!("Próxima lectura: a más tardar el {by}."),
    late_removal: |asked| {
        format!(
            "Usted pidió el {asked} que se quitara, y Mastercard todavía no la ha borrado. \
             Probamos de nuevo hasta que se borre. No tiene que hacer nada."
        )
    },
    stale_text: |since, by| {
        let last = match since {
            Some(since) => format!("los últimos datos llegaron el {since}"),
            None => "todavía no han llegado datos".into(),
        };
        format!(
            "No sabemos de ningún problema, pero {last}. Miramos de nuevo a más tardar el {by}. No \
             tiene que hacer nada."
        )
    },
    renew_explained: |by| {
        format!(
            "Todo va bien. Su permiso para leer estas cuentas termina el {by}. Si su banco quiere \
             entonces que inicie sesión de nuevo, aquí aparece “Arreglar la conexión”. Si no quiere \
             esperar, conéctelo de nuevo ahora: sus cuentas siguen en esta lista."
        )
    },
    renew_text: |by| {
        format!(
            "Todo va bien. Su permiso para leer estas cuentas termina el {by}. Para conservarlo, \
             inicie sesión allí una vez antes de ese día."
        )
    },
    gone_text: |institution| {
        format!(
            "Mastercard ya no muestra ninguna de estas cuentas de {institution}. Si las quiere \
             de nuevo, vuelva a conectar; si no, quítelas aquí."
        )
    },
    rhythm: |days| {
        format!(
            "Este banco le pide que inicie sesión de nuevo cada {days} días, más o menos. Allí \
             es lo normal."
        )
    },
    institution_down: |institution, by| {
        format!(
            "{institution} tiene problemas por ahora, y nadie puede iniciar sesión allí. No tiene \
             que hacer nada: miramos de nuevo a más tardar el {by}."
        )
    },
    remove_title: |account| format!("¿Quitar {account}?"),
    remove_button: |account| format!("Quitar {account}"),
    disconnect_title: |institution| format!("¿Quitar {institution} con todas sus cuentas?"),
    disconnect: |institution| format!("Quitar {institution}"),
    manage: |institution| format!("Más sobre {institution}"),
    fix_label: |institution| format!("Arreglar la conexión con {institution}"),
    connect_anew: |institution| format!("Conectar {institution} de nuevo"),
    open_site: |institution| format!("Abrir {institution}"),
    help: |institution| format!("En {institution}"),
    code: |code| format!("Para soporte: el código de Mastercard es {code}."),
    more_accounts: |count| format!("y {} más", small(count)),
    account_was_gone: |account| format!("Mastercard dejó de mostrar {account}."),
    account_is_back: |account| format!("{account} está de nuevo."),
    moved: |institution| {
        format!("{institution} pasó a otra forma de conexión. Sus cuentas siguen aquí.")
    },
};

/// Who has trouble, about since when, who else is affected, and what happens.
fn outage(institution: &str, outage: &Outage) -> String {
    let whose = match outage.whose {
        Whose::Institution => institution.to_owned(),
        Whose::Mastercard => format!("Mastercard, que lee {institution} para nosotros,"),
    };
    let others = match outage.others {
        0 => String::new(),
        1 => " Otra persona está afectada.".into(),
        others => format!(" Otras {others} personas están afectadas."),
    };
    format!(
        "{whose} tiene problemas aproximadamente desde el {}.{others} No tiene que hacer nada; le \
         escribimos cuando funcione de nuevo.",
        outage.since.text
    )
}

pub(super) const REPAIR: RepairWords = RepairWords {
    repaired_text: "Lo muestra una nueva lectura de sus cuentas. No queda nada por hacer.",
    renewed_text: "Lo muestra una nueva lectura de sus cuentas. No queda nada por hacer.",
    others_text: "No cambiamos nada, para no mezclar ninguna cuenta. Si tiene dos accesos allí, \
                  use el otro. Para añadir también estas cuentas, conéctelas como nuevas.",
    again: "Arreglarla de nuevo",
    look: "Mirar una vez más",
    get_data: "Traer mis datos ahora",
    next: "Arreglar la siguiente",
    to_connections: "Ir a sus conexiones",
    add: "Conectar como nuevas",
    unchanged: "No se cambió nada. Puede arreglar la conexión cuando quiera.",
    signed_in_text: |by| {
        format!(
            "Su banco todavía no ha enviado datos nuevos. A menudo tarda hasta la mañana \
             siguiente. Miramos de nuevo a más tardar el {by}, y usted lo ve entre sus conexiones."
        )
    },
    nothing_text: |by| {
        format!(
            "Mastercard no encontró nada que arreglar, pero no han llegado datos nuevos. Miramos \
             de nuevo a más tardar el {by}. Si después sigue así, arréglela una vez más."
        )
    },
    renewed: |institution| format!("{institution}: su permiso está renovado"),
    renewal_open_text: |by| {
        format!(
            "Mastercard todavía no nos ha dicho hasta cuándo vale su permiso. Miramos de nuevo a \
             más tardar el {by}. Mientras tanto, sus datos siguen llegando."
        )
    },
    too_early: |institution| format!("{institution}: todavía no hay nada que renovar"),
    too_early_text: |by| {
        format!(
            "Mastercard lo renueva solo cuando ha terminado. Sus datos siguen llegando hasta el \
             {by}. Vuelva ese día: aquí aparece “Arreglar la conexión” cuando su banco quiere que \
             inicie sesión de nuevo."
        )
    },
    repaired: |institution| format!("{institution} funciona de nuevo"),
    next_one: |institution, left| match left {
        0 | 1 => format!("Aquí se puede arreglar una más: {institution}."),
        left => format!(
            "Aquí se pueden arreglar {} más. La siguiente es {institution}.",
            small(left as usize)
        ),
    },
    signed_in: |institution| format!("Inició sesión en {institution}"),
    nothing: |institution| format!("{institution}: no se encontró nada que arreglar"),
    others: |institution| format!("{institution} mostró otras cuentas"),
    still: |institution| format!("{institution} sigue sin funcionar"),
};

/// What needs the person comes first, then what does not run.
fn headline(of: &Counts) -> String {
    let some = |count: usize, one: &str, many: &str| match (of.all, count) {
        (1, _) => format!("Su conexión {one}"),
        (_, 1) => format!("Una de sus {} conexiones {one}", small(of.all)),
        (_, count) => format!(
            "{} de sus {} conexiones {many}",
            upper_first(&small(count)),
            small(of.all)
        ),
    };
    match *of {
        Counts { act: 1.., .. } => some(of.act, "necesita su atención", "necesitan su atención"),
        Counts {
            wait: waiting @ 1..,
            setting_up,
            ..
        } if waiting == setting_up => some(waiting, "se está preparando", "se están preparando"),
        Counts { wait: 1.., .. } => some(of.wait, "se está arreglando", "se están arreglando"),
        Counts { all: 1, .. } => "Su banco está conectado".into(),
        Counts { all, .. } => format!("Sus {} conexiones están al día", small(all)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Counts, OVERVIEW};

    fn say(all: usize, act: usize, wait: usize) -> String {
        (OVERVIEW.headline)(&Counts {
            all,
            fine: all - act - wait,
            act,
            wait,
            setting_up: 0,
        })
    }

    #[test]
    fn the_headline_agrees_in_number() {
        assert_eq!(
            say(5, 2, 1),
            "Dos de sus cinco conexiones necesitan su atención"
        );
        assert_eq!(
            say(5, 1, 0),
            "Una de sus cinco conexiones necesita su atención"
        );
        assert_eq!(
            say(12, 0, 3),
            "Tres de sus 12 conexiones se están arreglando"
        );
        assert_eq!(say(1, 0, 1), "Su conexión se está arreglando");
        assert_eq!(say(3, 0, 0), "Sus tres conexiones están al día");
    }
}
