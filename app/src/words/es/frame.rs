//! Spanish: what is around every page, the first one, and when one cannot be shown.

use super::super::{FaultWords, Frame, Landing, Outbox};

pub(super) const FRAME: Frame = Frame {
    skip: "Ir al contenido",
    menu: "Menú principal",
    connections: "Conexiones",
    connect: "Conectar",
    notices: "Avisos",
    admin: "Administración",
    account: "Cuenta",
    sign_in: "Iniciar sesión",
    sign_out: "Cerrar sesión",
    sandbox: "Entorno de pruebas: aquí nada es dinero real",
    test_drive: "Entorno de pruebas de Mastercard: solo instituciones de prueba",
    outbox: "Bandeja de salida",
    privacy: "Aviso de privacidad",
    help: "Ayuda",
    provided: "Las conexiones con las instituciones se hacen por medio de Mastercard Data Connect, \
               de Finicity, una empresa de Mastercard.",
    run_by: |operator| {
        format!(
            "Este servicio es de {}.",
            operator.unwrap_or("quien administra este sitio")
        )
    },
    title: |page, product| format!("{page} · {product}"),
};

pub(super) const LANDING: Landing = Landing {
    title: "Conecte su banco y vea que sigue conectado",
    lead: "Busque su banco, inicie sesión en él y elija qué cuentas compartir. Puede dejarlo \
           cuando quiera.",
    start: "Conectar un banco",
    have_account: "Iniciar sesión",
    closed: "Aquí no se admiten registros nuevos. Si ya tiene una cuenta, inicie sesión.",
    how: "Cómo funciona",
    step_find: "Búsquelo",
    step_find_text: "Escriba un nombre, una dirección web o un número de ruta.",
    step_sign_in: "Inicie sesión allí",
    step_sign_in_text: "Lo hace en la página de Mastercard o en el propio sitio de su banco.",
    step_choose: "Elija las cuentas",
    step_choose_text: "De vuelta aquí, conserve las cuentas que quiera. Las demás se quitan.",
    never: "Nunca vemos la contraseña de su banco",
    never_text: "La escribe en la página de Mastercard o en su banco, nunca aquí. No guardamos \
                 saldos ni números de cuenta completos.",
    signed_in: |email| format!("Su sesión está abierta como {email}."),
};

pub(super) const OUTBOX: Outbox = Outbox {
    title: "Bandeja de salida",
    lead: "En el entorno de pruebas no sale ningún correo. Esto es lo que se habría enviado.",
    none: "Todavía no se ha escrito ninguna carta.",
    to: "Para",
    text_to: "Mensaje de texto a",
};

pub(super) const FAULT: FaultWords = FaultWords {
    not_found: "Esta página no existe",
    not_found_text: "Puede que la dirección esté mal escrita, o que lo que había aquí ya no esté. \
                     Sus conexiones siguen donde estaban.",
    forbidden: "Esta página no está abierta para usted",
    forbidden_text: "Su sesión está abierta, pero no con permiso para ver esta página. No se \
                     cambió nada.",
    internal: "No pudimos mostrar esta página",
    internal_text: "El fallo es nuestro y ya está anotado. No se perdió nada de lo que hizo. \
                    Cargue la página de nuevo; si sigue así, díganos la referencia de abajo.",
    busy: "No llegamos a lo que esta página necesita",
    busy_text: "Un servicio detrás de esta página no responde. No se perdió nada de lo que hizo. \
                Inténtelo de nuevo en unos minutos.",
    too_many: "Eso fue muy rápido",
    too_many_text: "Hubo más solicitudes de las que hace una persona. Espere un minuto y cargue \
                    la página de nuevo.",
    home: "Ir a la primera página",
    search: "Buscar su banco",
    reference: "Referencia",
    staff_not_found: "Puede que la dirección esté mal escrita, o que lo que nombra ya no esté aquí.",
    staff_forbidden: "Su función no la abre. Un administrador puede darle otra. No se cambió nada.",
    staff_home: "Ir a las páginas del equipo",
};
