//! Spanish: for staff, about health.

use super::super::{BreakWords, CodeWords, HealthWords, OutageWords, PlaceWords, RowsWords};
use crate::api::breaks::{Did, Ending};
use crate::api::health::{Acts, Cause, Standing, Window};
use crate::api::outages::SeenBy;
use crate::api::places::{Sort, Status};

pub(super) const HEALTH: HealthWords = HealthWords {
    title: "Salud",
    empty: "Aún no hay ninguna conexión que contar",
    not_enough: "No hay datos suficientes",
    chart_none: "Nada en estos días.",
    now: "Sanas ahora",
    figures: "Proporción de conexiones sanas",
    figures_note: "Una conexión cuenta desde su primera lectura, mientras se conserve una cuenta \
                   suya, salvo que esté silenciada o sea una prueba. En el tiempo se miden horas: \
                   dos conexiones durante una hora valen tanto como una durante dos. Los días \
                   terminan a medianoche, UTC: siete días son hoy y los seis anteriores. Una \
                   proporción en el tiempo es de cuantas hubo de media.",
    standing_title: "Según la última lectura",
    number: "Conexiones",
    acts_title: "Rotas, según quién actúa",
    acts_none: "Ninguna está rota.",
    cause_title: "Rotas, según la causa",
    breaks_title: "Roturas y reparaciones",
    breaks_note: "Una rotura dura desde la primera lectura mala hasta la que prueba su fin. La \
                  mediana pide diez reparaciones.",
    period: "Período",
    opened: "Roturas nuevas",
    repaired: "Reparadas",
    fixed: "Con Fix",
    median: "Tiempo mediano",
    p90: "Nueve de cada diez en",
    last_week: "Últimos 7 días",
    last_month: "Últimos 30 días",
    trend_title: "Sanas, día a día",
    trend_note: "Parte del tiempo de cada día. El de hoy no ha terminado.",
    breaks_chart: "Roturas nuevas y reparaciones, día a día",
    table: "Mostrar como tabla",
    day: "Día",
    share: "Sanas",
    sample_column: "De conexiones",
    outages_title: "Interrupciones abiertas",
    outages_all: "Todas las instituciones con una interrupción abierta",
    outages_none: "No hay ninguna interrupción abierta.",
    affected: "Usuarios afectados",
    since: "Desde",
    everywhere: "En Mastercard",
    operations: "Funcionamiento",
    sweep_title: "Lectura diaria",
    sweep_never: "Aún no ha empezado ninguna lectura de todos.",
    sweep_late: "Con retraso",
    sweep_fine: "A tiempo",
    webhooks_title: "Webhooks recibidos",
    received: "Recibidos en 24 horas",
    waiting: "En espera",
    bad_signatures: "Firmas incorrectas desde ayer",
    jobs_title: "Tareas",
    jobs_due: "Pendientes ahora",
    jobs_dead: "Abandonadas",
    upstream_title: "Conexión con Mastercard",
    directory_title: "Directorio",
    recount_title: "Recuento",
    recount_never: "Las cifras aún no se han recontado.",
    recount_fine: "Las cifras coinciden",
    recount_late: "Las cifras no se han recontado desde hace dos días. Quien opera Relink mira recount en las tareas.",
    what: "Qué",
    institution: "Institución",
    headline: |share, all| format!("{share} de {all} conexiones están sanas"),
    trouble_at: |names, all| match (names, all) {
        ([], _) => String::from("Nadie tiene problemas."),
        ([one, ..], 0 | 1) => format!("{one} tiene problemas."),
        ([one, other], 2) => format!("{one} y {other} tienen problemas."),
        ([one, ..], all) => format!("{one} y {} más tienen problemas.", all - 1),
    },
    window: |window| {
        String::from(match window {
            Window::Day => "24 horas",
            Window::Yesterday => "Ayer y hoy",
            Window::Week => "7 días",
            Window::Month => "30 días",
            Window::Quarter => "90 días",
        })
    },
    sample: |all| format!("de {all}"),
    permille: |permille| format!("{},{} %", permille / 10, permille % 10),
    seconds: |seconds| match seconds {
        1 => "1 segundo".to_owned(),
        _ => format!("{seconds} segundos"),
    },
    minutes: |minutes| format!("{minutes} minutos"),
    hours: |hours, minutes| format!("{hours} h y {minutes} min"),
    days: |days, hours| format!("{days} d y {hours} h"),
    between: |from, to| format!("de {from} a {to}"),
    beyond: |from| format!("Más de {from}"),
    standing: |standing| {
        String::from(match standing {
            Standing::Healthy => "Sana",
            Standing::RenewSoon => "Sana, el permiso termina pronto",
            Standing::Broken => "Rota",
            Standing::Stale => "Código bueno, pero sin datos recientes",
            Standing::Waiting => "Espera la elección del usuario",
            Standing::SettingUp => "En preparación",
        })
    },
    acts: |acts| {
        String::from(match acts {
            Acts::User => "El usuario",
            Acts::Institution => "La institución",
            Acts::Mastercard => "El equipo de Mastercard",
            Acts::Us => "Nosotros",
        })
    },
    cause: |cause| {
        String::from(match cause {
            Cause::Credentials => "El acceso ha cambiado",
            Cause::SecondFactor => "Se pide un código o una respuesta",
            Cause::Token => "El token ha terminado",
            Cause::Consent => "El permiso no lo cubre",
            Cause::InstitutionChange => "La institución ha cambiado algo",
            Cause::InstitutionTrouble => "La institución no responde bien",
            Cause::MastercardTrouble => "Mastercard no responde bien",
            Cause::NotSupported => "No se puede leer",
            Cause::AccountClosed => "La cuenta está cerrada",
            Cause::OurFault => "Culpa nuestra",
            Cause::Unknown => "Nadie lo dice",
        })
    },
    renew_within: |days| format!("Sana, el permiso termina en {days} días"),
    sweep_read: |read, planned, failed| {
        format!("{read} de {planned} leídos, {failed} no se pudieron leer.")
    },
    sweep_begun: |when| format!("Empezó: {when}."),
    sweep_through: |when| format!("Terminó: {when}."),
    oldest: |when| format!("el más antiguo desde {when}"),
    worked_off: |time| format!("atendidos en {time} de media"),
    dead: |count| format!("Tareas abandonadas: {count}."),
    forged: |count| {
        format!("{count} webhooks tenían una firma incorrecta desde ayer: revise las claves.")
    },
    recounted: |when| format!("Recontadas: {when}."),
    totals: |users, connections, accounts| {
        format!("Entonces: {users} usuarios, {connections} conexiones, {accounts} cuentas.")
    },
    drifted: |count, when| {
        format!(
            "{count} cifras no eran correctas en el recuento, {when}. Quien opera Relink las corrige con \
             `relink figures mend`."
        )
    },
};

pub(super) const ROWS: RowsWords = RowsWords {
    title: "Conexiones",
    lead: "Según la última lectura de cada una, por código, primero las más antiguas.",
    none: "Ninguna conexión está así.",
    filter: "Qué conexiones",
    any: "Cualquiera",
    code: "Código",
    days: "Desde hace al menos tantos días",
    apply: "Mostrar estas",
    clear: "Mostrar todas",
    next: "Más",
    since: "Desde",
    accounts: "Cuentas",
    customer: "Cliente",
    reference: "Referencia",
    bad_title: "Esta dirección no es de las nuestras",
    bad_without: "Sin esa parte",
    judged: "Solo las que ya se han leído",
    total: |count| match count {
        "1" => "1 conexión".to_owned(),
        _ => format!("{count} conexiones"),
    },
    at: |name| format!("En {name}"),
    broken_by: |code| format!("código {code}"),
    bad_text: |part| format!("Su parte “{part}” no nos dice nada. Elija de la lista."),
};

pub(super) const BREAKS: BreakWords = BreakWords {
    title: "Roturas",
    lead: "Las de conexiones que contaban entonces, primero las últimas, cada una con su \
           última causa. Los días terminan a medianoche, UTC.",
    none: "Ninguna rotura es así.",
    filter: "Qué roturas",
    what: "Qué ocurrió",
    opened_at: "Se rompió",
    ended_at: "Terminó",
    how: "Cómo terminó",
    took: "Al cabo de",
    goes_on: "Sigue rota",
    total: |did, count| match (did, count) {
        (Did::Opened, "1") => "1 rotura nueva".to_owned(),
        (Did::Opened, _) => format!("{count} roturas nuevas"),
        (Did::Repaired, "1") => "1 rotura reparada".to_owned(),
        (Did::Repaired, _) => format!("{count} roturas reparadas"),
        (Did::Fixed, "1") => "1 rotura reparada con Fix".to_owned(),
        (Did::Fixed, _) => format!("{count} roturas reparadas con Fix"),
    },
    did: |did| {
        String::from(match did {
            Did::Opened => "Se abrió",
            Did::Repaired => "Se reparó",
            Did::Fixed => "Se reparó con Fix",
        })
    },
    ending: |ending| {
        String::from(match ending {
            Ending::Fixed => "Reparada con Fix",
            Ending::Repaired => "Reparada",
            Ending::Gone => "No quedaba nada que reparar",
        })
    },
};

pub(super) const OUTAGE: OutageWords = OutageWords {
    seen: "Cómo lo sabemos",
    part_of: "Parte de problemas de",
    parts: "Lo que le pertenece",
    rows: "Sin servicio",
    rows_note: "Conexiones que se rompieron en ella, salvo las de prueba y las silenciadas, \
                hasta que una lectura demuestra que han vuelto.",
    still: "Solo las que aún no han vuelto",
    joined: "Cortada desde",
    back: "De vuelta",
    now: "Ahora",
    not_counted: "No cuenta",
    title: |name| format!("Interrupción: {name}"),
    seen_by: |by| {
        String::from(match by {
            SeenBy::Failures => "Se rompieron más de las que explica el azar",
            SeenBy::Status => "Lo dice la propia institución",
        })
    },
};

pub(super) const PLACES: PlaceWords = PlaceWords {
    title: "Instituciones",
    lead: "Según nuestras lecturas. La línea pequeña es la parte sana, día a día.",
    filter: "Qué instituciones",
    search: "Una parte del nombre",
    sort: "Primero",
    troubled: "Con una interrupción abierta",
    never: "Nadie lo ha logrado nunca",
    none: "Ninguna institución está así.",
    csv: "Todas estas como CSV",
    status_title: "Mastercard dice",
    broken: "Rotas",
    outage: "Interrupción",
    never_alarm: "Nunca ha funcionado para nadie",
    tries_title: "Intentos de conectar",
    tries: "Intentos que conectaron",
    of_tries: "De intentos",
    tries_note: "Un intento es una visita a Data Connect que terminó, como fuera, o que trajo \
                 cuentas. No cuentan quienes se volvieron antes de que se abriera ni quienes solo \
                 encontraron lo que ya estaba conectado. Nunca ha funcionado para nadie: tras tres \
                 conexiones o cinco intentos, nada ha llegado a estar sano.",
    all: "Todas las instituciones",
    who: "Quién actúa",
    codes_title: "Roturas de los últimos 30 días, por código",
    codes_none: "Aquí no se ha roto nada en 30 días.",
    outages_title: "Interrupciones",
    outages_none: "Aquí no se ha visto ninguna interrupción.",
    until: "Hasta",
    goes_on: "sigue",
    sort_by: |sort| {
        String::from(match sort {
            Sort::People => "Más usuarios afectados",
            Sort::Broken => "Más conexiones rotas",
            Sort::Share => "Menor parte sana",
            Sort::Tries => "Menor parte de intentos que conectaron",
            Sort::Connections => "Más conexiones",
            Sort::Name => "Por nombre",
        })
    },
    status: |status| {
        String::from(match status {
            Status::Online => "Funciona",
            Status::Offline => "Desconectada",
            Status::Maintenance => "En mantenimiento",
            Status::Limited => "Aún no para todos",
            Status::Migrating => "Se traslada",
            Status::Unknown => "Nada",
        })
    },
    from_to: |first, last| format!("De {first} a {last}"),
};

pub(super) const CODES: CodeWords = CodeWords {
    title: "Códigos y causas",
    lead: "Lo que rompe conexiones ahora, o lo hizo en los últimos 30 días. La tasa de Fix es de \
           las roturas abiertas entonces: las que terminaron después de que su usuario fuera a Fix.",
    none: "No se ha roto nada en 30 días.",
    means: "Qué significa",
    fix_rate: "Tasa de Fix",
    no_fix: "sin Fix",
    fix: "Fix ayuda",
    fix_title: "Con Data Connect Fix",
    unknown: "En ninguna tabla",
    causes: "Por causa",
    causes_note: "Aquí la tasa de Fix es de las roturas por códigos con los que Fix ayuda. Las \
                  medianas necesitan diez reparaciones.",
    differs: "Depende del código",
    table: "La tabla en vigor",
    table_note: "La de origen, con lo que cambia la configuración.",
    name: "Nombre",
    overridden: "Cambiado aquí",
    cause_means: |cause| {
        String::from(match cause {
            Cause::Credentials => "El inicio de sesión que tiene Mastercard ya no sirve.",
            Cause::SecondFactor => {
                "La institución pide un código o una respuesta que solo el usuario puede dar."
            }
            Cause::Token => "La institución dio por terminado el token con el que lee Mastercard.",
            Cause::Consent => "El usuario retiró el permiso, o nunca lo dio para esta cuenta.",
            Cause::InstitutionChange => {
                "La institución cambió su inicio de sesión, o pide algo nuevo."
            }
            Cause::InstitutionTrouble => {
                "El sitio o el servicio de la institución no responde como debería."
            }
            Cause::MastercardTrouble => "El servicio de Mastercard no responde como debería.",
            Cause::NotSupported => {
                "Este tipo de cuenta o de inicio de sesión no se puede leer, por ahora o nunca."
            }
            Cause::AccountClosed => "La cuenta está cerrada, o ya no se ve.",
            Cause::OurFault => "Nuestra petición o nuestros registros están mal.",
            Cause::Unknown => {
                "Mastercard no dice por qué, o envió un código que no está en ninguna tabla."
            }
        })
    },
    most_a_day: |most| format!("Roturas nuevas cada día, {most} como máximo"),
    shipped: |it| format!("De origen: {it}"),
};
