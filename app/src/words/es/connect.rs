//! Spanish: search, confirm, the visit, the choice.

use super::super::shape::apart;
use super::super::{ChoiceWords, Confirm, Find, Trial, VisitWords};
use super::people::small;
use crate::api::connect::Cause;
use crate::api::institution::Record;
use crate::api::search::{Kind, Unavailable};
use crate::api::shared::{Outage, Whose};

pub(super) const FIND: Find = Find {
    title: "Busque su banco",
    lead: "Escriba un nombre, una dirección web o un número de ruta.",
    popular: "Los más elegidos",
    results: "Instituciones encontradas",
    submit: "Buscar",
    connected: "Conectado",
    own_site: "se inicia sesión en su propio sitio",
    maintenance: "En mantenimiento: puede que no funcione ahora",
    troubled: "Problemas allí: puede que no funcione ahora",
    spelling: "Revise cómo lo escribió",
    spelling_text: "Basta una parte del nombre: “first fed” encuentra First Federal.",
    other: "Pruebe con su dirección web o su número de ruta",
    other_text: "La dirección que usa para iniciar sesión, o los nueve dígitos al pie de un \
                 cheque.",
    missing: "Díganos que falta",
    missing_text: "Contamos lo que la gente no encuentra y lo pedimos.",
    missing_title: "Díganos qué falta",
    missing_lead: "Contamos lo que la gente no encuentra y se lo pedimos a Mastercard. No \
                   podemos prometer cuándo llega.",
    missing_name: "Nombre de la institución",
    missing_address: "Su dirección web",
    missing_address_hint: "Si la sabe: distingue a las instituciones del mismo nombre.",
    missing_send: "Enviar",
    missing_back: "Volver a la búsqueda",
    kind: |kind| {
        match kind {
            Kind::Bank => "Banco",
            Kind::CreditUnion => "Cooperativa de crédito",
            Kind::Cards => "Tarjetas",
            Kind::Investments => "Inversiones",
            Kind::Retirement => "Planes de jubilación",
            Kind::Loans => "Hipotecas y préstamos",
            Kind::Insurance => "Seguros",
            Kind::Test => "Institución de prueba",
        }
        .into()
    },
};

pub(super) const CONFIRM: Confirm = Confirm {
    reads: "Qué se lee",
    how_long: "Por cuánto tiempo",
    how_to_stop: "Cómo dejarlo",
    mastercard: "El papel de Mastercard",
    mastercard_text: "La conexión la hace Mastercard Data Connect. En la página siguiente acepta \
                      las condiciones y el aviso de privacidad de Mastercard e inicia sesión. Su \
                      contraseña nunca llega a nosotros.",
    before: "Antes de seguir",
    maintenance: "Esta institución anuncia mantenimiento. Puede probar ahora; si no logra \
                  iniciar sesión, vuelva en unas horas.",
    existing_lead: "Puede usar la conexión que tiene, o conectar otro acceso allí.",
    in_app: "Abra antes esta página en su navegador",
    in_app_text: "Está viendo esta página dentro de otra aplicación. Algunas instituciones no \
                  se dejan abrir ahí. Abra el menú de esta aplicación, elija “Abrir en el \
                  navegador” y siga desde allí.",
    window_embedded: "Se abre sobre esta página.",
    window_popup: "Se abre en otra ventana.",
    window_failed: "No se pudo abrir la ventana, así que seguimos en esta página.",
    home: "Sitio web",
    sign_in_page: "Página de inicio de sesión",
    forgot_password: "¿Olvidó su contraseña de allí?",
    register: "¿Todavía sin acceso en línea?",
    other: "Elegir otro banco",
    fix_first_text: "Si la arregla, sus cuentas y su historial siguen. Conecte otro acceso solo si \
                     tiene un segundo allí.",
    fix_first: "Arreglar la conexión que tiene",
    gone_title: "Esta institución no está disponible",
    gone_text: "Mastercard ya no la ofrece, o la dirección de esta página es incorrecta.",
    fix_first_title: |institution| format!("Su conexión con {institution} necesita de usted"),
    another: |institution| format!("Conectar otro acceso en {institution}"),
    title: |institution| format!("Conectar {institution}"),
    own_site: |institution| format!("Seguir e iniciar sesión en {institution}"),
    here: |institution| format!("Seguir e iniciar sesión en {institution} con Mastercard"),
    existing: |institution| format!("Usted ya está conectado a {institution}"),
    show: |accounts| match accounts {
        [first, second, third, more @ ..] if !more.is_empty() => {
            format!("Ver {first}, {second}, {third} y {} más", small(more.len()))
        }
        all => format!("Ver {}", all.join(", ")),
    },
    cannot: |institution, why| match why {
        Unavailable::Offline => format!(
            "{institution} no le responde a Mastercard por ahora. Vuelva más tarde hoy; hasta \
             entonces no tiene que hacer nada."
        ),
        Unavailable::Unsupported => format!(
            "{institution} no ofrece por medio de Mastercard lo que hace falta aquí. Si tiene \
             cuentas en otro lugar, conecte esas."
        ),
        Unavailable::NotRegistered => format!(
            "Nuestro registro en {institution} está en curso. Hasta que termine no se puede \
             conectar."
        ),
    },
    outage,
    hopeless: |institution, record| {
        let Record { tried, connected } = record;
        let got_through = match connected {
            0 => "nadie lo logró".into(),
            1 => "solo una lo logró".into(),
            some => format!("solo {} lo lograron", small(some as usize)),
        };
        format!(
            "En las últimas 24 horas, de {tried} personas que probaron a conectar {institution} aquí, \
             {got_through}. Puede probar de todos modos. Si falla, no es por usted."
        )
    },
    phone: |number| format!("Teléfono {number}"),
};

/// A person may still try, and is told beforehand that a failure is not theirs.
fn outage(institution: &str, outage: &Outage) -> String {
    let Outage {
        whose,
        since,
        others,
    } = outage;
    let whose = match whose {
        Whose::Institution => institution,
        Whose::Mastercard => "Mastercard",
    };
    let others = match others {
        0 => String::new(),
        1 => " Otra persona de aquí está afectada.".into(),
        others => format!(" Otras {others} personas de aquí están afectadas."),
    };
    format!(
        "{whose} tiene problemas aproximadamente desde el {}.{others} Puede probar de todos modos. \
         Si no logra iniciar sesión, no es por usted. Vuelva mañana.",
        since.text
    )
}

pub(super) const TRIAL: Trial = Trial {
    reads: "Nombres y tipos de las cuentas, los últimos cuatro dígitos y los movimientos.",
    why: "Para probar esta instalación. No se hace nada con sus datos.",
    how_long: "Hasta que usted quite la cuenta aquí.",
    how_to_stop: "Quite una cuenta en Conexiones cuando quiera.",
};

pub(super) const VISIT: VisitWords = VisitWords {
    leaving_lead: "Ya va en camino. Esta página cambia sola; si no lo hace, use el enlace.",
    returned: "Usted volvió",
    signed_in: "Inicio de sesión aceptado",
    accounts_found: "Cuentas encontradas",
    checking_lead: "Tarda unos segundos, dos minutos como mucho. Puede cerrar esta página; \
                    nosotros seguimos.",
    look_again: "Mirar de nuevo",
    again: "Empezar de nuevo",
    other: "Elegir otro banco",
    to_connections: "Ir a sus conexiones",
    step_done: "hecho",
    step_open: "todavía no",
    left_title: "Salió antes de terminar",
    left_text: "No se conectó nada. Puede empezar de nuevo cuando quiera.",
    expired_title: "Se acabó el tiempo para iniciar sesión",
    expired_text: "No se conectó nada. Hay que empezar a iniciar sesión en un plazo de dos horas \
                   y terminar en una más. Puede empezar de nuevo.",
    setting_up_text: "Parece que el inicio de sesión salió bien, pero todavía no ha llegado \
                      ninguna cuenta. Seguimos mirando; no hace falta que espere aquí. Cuando \
                      lleguen las cuentas, se verán entre sus conexiones.",
    leaving: |institution| format!("En camino a {institution}"),
    go: |institution| format!("Ir a iniciar sesión en {institution}"),
    waiting_title: |institution| format!("{institution} no está abierto todavía"),
    waiting_text: |institution| {
        format!(
            "No hemos visto abrirse la página de inicio de sesión de {institution}. Si la cerró, \
             empiece de nuevo."
        )
    },
    at_title: |institution| format!("Termine de iniciar sesión en {institution}"),
    at_text: |institution| {
        format!(
            "El inicio de sesión en {institution} está abierto en otra ventana. Cuando termine, \
             esta página sigue sola. Si la cerró, empiece de nuevo."
        )
    },
    checking: |institution| format!("Comprobando {institution}"),
    setting_up: |institution| format!("{institution} todavía se está preparando"),
    failed: |institution, cause| match cause {
        Cause::SignInRefused => format!("{institution} no aceptó el inicio de sesión"),
        Cause::SecondFactor => format!("{institution} no aceptó el segundo paso"),
        Cause::Locked => format!("{institution} ha bloqueado su acceso"),
        Cause::ActionNeeded => format!("{institution} le pide que haga antes algo allí"),
        Cause::PermissionRefused => format!("{institution} no recibió su permiso"),
        Cause::NoAccounts => format!("{institution} no mostró ninguna cuenta que conectar"),
        Cause::InstitutionDown => format!("{institution} no respondió"),
        Cause::NotSupported => format!("{institution} ya no se puede conectar"),
        Cause::NothingNew => format!("{institution} no trajo nada nuevo"),
        Cause::NoLink | Cause::Upstream => "Mastercard no respondió".into(),
        Cause::Unproven => format!("No podemos saber si {institution} quedó conectado"),
    },
    failed_text: |institution, cause| match cause {
        Cause::SignInRefused => format!(
            "El nombre de usuario o la contraseña no eran correctos. Pruébelos antes en el sitio \
             de {institution}; si allí sirven, empiece de nuevo."
        ),
        Cause::SecondFactor => "El código o la respuesta no eran correctos o llegaron tarde. \
                                Empiece de nuevo y tenga su teléfono a mano."
            .into(),
        Cause::Locked => format!(
            "Demasiados intentos, o una protección de {institution}. Desbloquéelo en su sitio o \
             por teléfono y empiece de nuevo."
        ),
        Cause::ActionNeeded => format!(
            "Inicie sesión en el sitio de {institution}, haga lo que le pide (a menudo, aceptar \
             condiciones nuevas o elegir una contraseña nueva) y empiece de nuevo."
        ),
        Cause::PermissionRefused => format!(
            "En {institution} usted eligió no compartir, o retiró el permiso. Para conectar, \
             empiece de nuevo y marque las cuentas que quiere compartir."
        ),
        Cause::NoAccounts => format!(
            "Inició sesión, pero {institution} no ofreció ninguna cuenta de un tipo que se pueda \
             conectar. Quizá tenga otro acceso allí."
        ),
        Cause::InstitutionDown => format!(
            "El problema está del lado de {institution}, no del suyo. Pruebe de nuevo en una o \
             dos horas."
        ),
        Cause::NotSupported => format!(
            "{institution} ya no se ofrece por medio de Mastercard. Las cuentas de otros lugares \
             sí se pueden conectar."
        ),
        Cause::NothingNew => format!(
            "Todas las cuentas que mostró {institution} ya estaban conectadas, así que no se \
             añadió nada. Están entre sus conexiones."
        ),
        Cause::NoLink | Cause::Upstream => "El servicio que hace la conexión no respondió. Usted \
                                            no hizo nada mal. Pruebe de nuevo en unos minutos."
            .into(),
        Cause::Unproven => format!(
            "{institution} no envió cuentas ni dijo por qué. Si usted llegó al final allí, \
             todavía pueden llegar y se verán entre sus conexiones. Si no, empiece de nuevo."
        ),
    },
    try_again: |institution| format!("Conectar {institution} de nuevo"),
};

pub(super) const CHOICE: ChoiceWords = ChoiceWords {
    lead: "Se conserva lo que esté marcado cuando pulse el botón.",
    list: "Cuentas",
    remove_note: "Lo que desmarque se quita aquí y se borra en Mastercard.",
    data_coming: "Sus primeros datos vienen en camino.",
    get_data: "Traer mis datos ahora",
    done_lead: "No queda nada por hacer. Puede cambiar de idea en la página de sus conexiones.",
    kept: "Conservada",
    removed: "Quitada",
    removing: "Se está quitando",
    undecided: "Sin decidir",
    all: "Ir a sus conexiones",
    connect_more: "Conectar otro banco",
    nothing_kept: "No se conservó ninguna cuenta",
    title: |institution, count| match count {
        1 => format!("{institution} está conectado: una cuenta"),
        count => format!("{institution} está conectado: {} cuentas", small(count)),
    },
    done: |institution, count| match count {
        1 => format!("{institution} está conectado, con una cuenta"),
        count => format!("{institution} está conectado, con {} cuentas", small(count)),
    },
    kept_if_silent: |when| format!("Si no elige, se conservan todas el {when}."),
    removed_if_silent: |when| format!("Si no elige, se quitan todas el {when}."),
    account: |name, mask| mask.map_or_else(|| name.into(), |mask| format!("{name} ··{mask}")),
    kind: account_kind,
};

/// As in English; one that is not known is shown as it came.
fn account_kind(code: &str) -> String {
    let known = match code {
        "checking" => "Cuenta de cheques",
        "savings" => "Ahorros",
        "cd" => "Certificado de depósito",
        "moneyMarket" => "Mercado monetario",
        "creditCard" => "Tarjeta de crédito",
        "lineOfCredit" => "Línea de crédito",
        "homeEquityLineOfCredit" => "Línea de crédito sobre la vivienda",
        "investment" => "Inversión",
        "investmentTaxDeferred" => "Inversión con impuestos diferidos",
        "brokerageAccount" => "Corretaje",
        "employeeStockPurchasePlan" => "Plan de compra de acciones",
        "ira" => "IRA",
        "roth" => "Roth IRA",
        "401k" => "401(k)",
        "403b" => "403(b)",
        "529plan" | "529" => "Plan 529",
        "rollover" => "IRA de traspaso",
        "pension" => "Pensión",
        "mortgage" => "Hipoteca",
        "loan" => "Préstamo",
        "studentLoan" | "studentLoanAccount" => "Préstamo estudiantil",
        "studentLoanGroup" => "Préstamos estudiantiles",
        "autoLoan" => "Préstamo de auto",
        "hsa" | "healthSavingsAccount" => "Ahorros para la salud",
        "cryptocurrency" => "Criptomonedas",
        "unknown" | "" => "Cuenta",
        _ => return apart(code),
    };
    known.into()
}
