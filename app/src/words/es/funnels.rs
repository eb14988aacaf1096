//! Spanish: for staff, about funnels.

use super::super::FunnelWords;
use crate::api::funnels::{Channel, Funnel, Step, Stop, Tongue};

pub(super) const FUNNELS: FunnelWords = FunnelWords {
    title: "Embudos",
    which: "Qué embudo",
    filter: "Cuáles de ellos",
    of: "De",
    began: "Empezados en",
    weeks_step: "Las semanas hablan de",
    all: "Todos",
    steps_title: "Hasta dónde llegaron",
    steps_chart: "Cuántos llegaron a cada paso",
    step_title: "Paso",
    number: "Número",
    share_of_all: "Del total",
    share_of_before: "Del paso anterior",
    stops_title: "Dónde están y por qué no siguieron",
    stops_note: "Hasta donde se sabe ahora. Lo que llega tarde cambia el día en que empezaron. Un \
                 enlace vale dos horas: los últimos de hoy aún pueden seguir.",
    none: "Nada ha empezado en estos días.",
    reached: "Paso alcanzado",
    why: "Por qué no siguieron",
    share_of_step: "De este paso",
    weeks_chart: "Parte que llegó, según la semana en que empezaron",
    weeks_note: "La semana empieza el lunes, UTC. La línea omite lo que aún no ha terminado.",
    week: "Semana desde",
    within_day: "En un día",
    within_week: "En 7 días",
    within_month: "En 30 días",
    began_column: "Empezados",
    parts_title: "Algo en común",
    by_code: "Código",
    by_channel: "Avisados por",
    by_language: "Idioma",
    by_institution: "Institución",
    institution_note: "Las 20 con más movimiento. Las demás, desde la página de la institución.",
    through: "Hasta el final",
    counted_title: "Qué se cuenta",
    csv: "Este embudo como CSV",
    short_chosen: "Elegido",
    short_link: "Enlace",
    short_opened: "Abierto",
    short_connected: "Llegaron",
    short_kept: "Conservadas",
    short_broke: "Rotas",
    short_told: "Sabían",
    short_came: "Vinieron",
    short_started: "Salieron",
    short_finished: "Acabaron",
    short_proven: "Probadas",
    campaigns_note: "Una campaña dice lo mismo de aquellos a quienes escribió.",
    funnel: |funnel| {
        String::from(match funnel {
            Funnel::Connect => "Conectar",
            Funnel::Repair => "Reparar",
        })
    },
    lead: |funnel| {
        String::from(match funnel {
            Funnel::Connect => {
                "Cada visita para conectar una institución, desde la elección hasta las cuentas \
                 que se conservan."
            }
            Funnel::Repair => {
                "Cada rotura que Data Connect Fix puede arreglar, desde la primera lectura mala \
                 hasta la prueba."
            }
        })
    },
    counted: |funnel| {
        String::from(match funnel {
            Funnel::Connect => {
                "Todas las partes lo son del primer paso. Una visita cuenta en el día en que \
                 empezó, y allí se queda pase lo que pase con sus cuentas. Una búsqueda no lleva \
                 persona, así que no es un paso. El dispositivo no se guarda."
            }
            Funnel::Repair => {
                "Todas las partes lo son del primer paso. Una rotura cuenta si su conexión contaba \
                 al abrirse, y allí se queda tras una eliminación. Desde que se marca como prueba \
                 o se silencia, ningún paso más cuenta. Una rotura que Fix no arregla queda fuera. \
                 El código es el último. Avisados por: el medio que más lejos llega, antes de ir a \
                 Fix. El dispositivo no se guarda."
            }
        })
    },
    days: |days| format!("los últimos {days} días"),
    step: |step| {
        String::from(match step {
            Step::Chosen => "Banco elegido",
            Step::LinkMade => "Enlace creado",
            Step::Opened => "Enlace abierto",
            Step::Connected => "Llegaron cuentas",
            Step::Kept => "Cuentas conservadas",
            Step::Broke => "Se rompió",
            Step::Told => "Lo sabían",
            Step::Came => "Vinieron",
            Step::Started => "Fueron a Fix",
            Step::Finished => "Llegaron al final",
            Step::Proven => "Probada",
        })
    },
    means: |step| {
        String::from(match step {
            Step::Chosen => "Leyeron qué vamos a leer y pulsaron el botón.",
            Step::LinkMade => "Mastercard dio un enlace.",
            Step::Opened => "Un evento o el regreso muestra que estuvieron en Data Connect.",
            Step::Connected => "Una lectura trajo cuentas. Nada más vale como prueba.",
            Step::Kept => "Conservaron al menos una cuenta, o lo hizo nuestra regla.",
            Step::Broke => "Una lectura encontró rota la conexión.",
            Step::Told => "Les avisamos de algún modo, o vinieron sin aviso.",
            Step::Came => "Estuvieron en nuestras páginas mientras estaba rota.",
            Step::Started => "Pulsaron el botón y Mastercard dio un enlace.",
            Step::Finished => "Data Connect dice que terminaron.",
            Step::Proven => "Después, una lectura la encontró en marcha.",
        })
    },
    stop: |stop| {
        String::from(match stop {
            Stop::Through => "Llegó al final",
            Stop::NotStarted => "Aún no se creó un enlace",
            Stop::NoLinkWebhook => "Sin enlace: no se alcanzó nuestro webhook",
            Stop::NoLinkUnreachable => "Sin enlace: Mastercard no respondía o tardaba",
            Stop::NoLinkRefused => "Sin enlace: Mastercard lo rechazó",
            Stop::NotOpened => "No se abrió el enlace",
            Stop::Silent => "Lo abrió, y nada más se supo",
            Stop::Left => "Cancelado",
            Stop::TimedOut => "Inactividad demasiado larga",
            Stop::SignInRefused => "El banco rechazó el acceso",
            Stop::Trouble(0) => "Falló, sin código",
            Stop::Trouble(code) => return format!("Falló, código {code}"),
            Stop::NothingNew => "Todo estaba ya conectado",
            Stop::NothingArrived => "No llegó ninguna cuenta",
            Stop::ChoiceWaiting => "Falta elegir las cuentas",
            Stop::NothingKept => "No conservó nada",
            Stop::NotTold => "Sin aviso, y no vino",
            Stop::NotCome => "Con aviso, y no ha venido",
            Stop::NothingToRepair => "Data Connect no encontró nada que reparar",
            Stop::OtherAccounts => "Entró en otras cuentas",
            Stop::NoProof => "Aún sin lectura buena",
            Stop::HealedAlone => "Volvió a funcionar sin ello",
            Stop::Gone => "La conexión ya no existe",
            Stop::Marked => "Marcada como prueba o silenciada",
        })
    },
    channel: |channel| {
        String::from(match channel {
            Channel::None => "Nada",
            Channel::App => "Solo nuestras páginas",
            Channel::Email => "Una carta",
            Channel::Sms => "Un mensaje de texto",
        })
    },
    tongue: |tongue| {
        String::from(match tongue {
            Tongue::English => "Inglés",
            Tongue::Spanish => "Español",
            Tongue::French => "Francés",
            Tongue::Other => "Otro idioma",
        })
    },
    of_before: |share| format!("{share} del paso anterior"),
    searches: |count| {
        format!(
            "Búsquedas enviadas en los mismos días: {count}. Quien encuentra su banco mientras \
             escribe no envía ninguna. Se guardan sin su persona, así que no son un paso."
        )
    },
    so_far: |text| format!("{text} por ahora"),
    weeks_title: |step| format!("Por semana: {step}"),
};
