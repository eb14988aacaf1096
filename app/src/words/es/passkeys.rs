//! Spanish: passkeys, and letters about the second step.

use super::super::{FactorChange, PasskeyWords};

pub(in super::super) const PASSKEYS: PasskeyWords = PasskeyWords {
    title: "Claves de acceso",
    lead: "Una clave de acceso es su huella, su cara o el PIN de un dispositivo suyo. Nadie puede \
           pedírsela en una página falsa.",
    none: "Todavía no tiene ninguna.",
    manage: "Modificar",
    add: "Agregar una clave de acceso",
    owed: "O use una clave de acceso",
    name: "Nombre de la clave de acceso",
    name_hint: "Por ejemplo, el dispositivo en el que está.",
    show: "Usar una clave de acceso",
    instead: "Usar en su lugar una clave de acceso",
    rename: "Cambiar el nombre",
    remove: "Quitar esta clave de acceso",
    remove_text: "Ya no sirve para iniciar sesión, y se cierran todas sus demás sesiones.",
    last: "Su función pide un segundo paso, y no tiene otro. Agregue antes uno.",
    back: "Segundo paso al iniciar sesión",
    unused: "Sin usar todavía",
    without_script: "Las claves de acceso necesitan JavaScript en este navegador. Sin él, use un \
                     código.",
    unknown_here: "Este navegador no tiene claves de acceso aquí. Use un código.",
    not_made: "No se creó ninguna clave de acceso: se canceló o tardó demasiado. No ha cambiado \
               nada. Empiece de nuevo cuando quiera.",
    not_shown: "No se usó ninguna clave de acceso: se canceló, tardó demasiado, o aquí no hay \
                ninguna suya. Empiece de nuevo, o escriba un código.",
    known: "Aquí ya hay una clave de acceso suya. Elija otro dispositivo u otra llave.",
    failed: "La clave de acceso no se pudo usar en este navegador. Empiece de nuevo, o use otra \
             vía.",
    added: |when| format!("Agregada: {when}"),
    used: |when| format!("último uso: {when}"),
    change: |name| format!("Cambiar la clave de acceso {name}"),
};

/// What was changed, and what that means.
pub(super) fn changed(change: FactorChange, product: &str) -> (String, String) {
    let (subject, text) = match change {
        FactorChange::AppSetUp => (
            format!("Se configuró una aplicación para su sesión en {product}"),
            "Desde ahora sus códigos le permiten iniciar sesión después de la contraseña. Tiene \
             nuevos códigos de recuperación, y se cerraron todas las demás sesiones."
                .into(),
        ),
        FactorChange::AppRemoved => (
            format!("Se quitó la aplicación de su sesión en {product}"),
            "Sus códigos ya no sirven, y se cerraron todas las demás sesiones.".into(),
        ),
        FactorChange::PasskeyAdded => (
            format!("Se agregó una clave de acceso a su sesión en {product}"),
            "Desde ahora le permite iniciar sesión después de la contraseña. Se cerraron todas \
             las demás sesiones."
                .into(),
        ),
        FactorChange::PasskeyRemoved => (
            format!("Se quitó una clave de acceso de su sesión en {product}"),
            "Ya no sirve para iniciar sesión, y se cerraron todas las demás sesiones.".into(),
        ),
        FactorChange::CodesMade => (
            format!("Tiene nuevos códigos de recuperación en {product}"),
            "Los anteriores ya no sirven.".into(),
        ),
        FactorChange::CodeUsed(left) => (
            format!("Se usó un código de recuperación en {product}"),
            format!("Cada uno sirve una vez. Códigos que le quedan: {left}."),
        ),
        FactorChange::Reset => (
            format!("Se quitó su segundo paso en {product}"),
            format!(
                "Quienes llevan {product} lo hacen para quien lo ha perdido. Ya no hay \
                 aplicación, claves de acceso ni códigos de recuperación, y se cerraron todas sus \
                 sesiones."
            ),
        ),
    };
    (subject, text)
}
