//! Spanish: for admins.

use super::super::Admin;

pub(super) const ADMIN: Admin = Admin {
    menu: "Páginas del equipo",
    upstream_fine: "Responde",
    upstream_never: "No se ha hecho ninguna llamada desde el arranque.",
    rejected: "Mastercard rechaza nuestro secreto de socio",
    rejected_text: "No se prueba de nuevo hasta que cambie, porque cinco rechazos bloquean al \
                    socio. Ponga el correcto en su archivo; se prueba con la siguiente llamada. \
                    Si está en la propia configuración, o si es la clave de aplicación, hay que \
                    reiniciar el servicio.",
    circuit: "Mastercard no responde",
    missing_title: "Instituciones que faltan",
    missing: "Señaladas como faltantes",
    missing_none: "Nadie ha señalado una institución que falte.",
    empty: "Búsquedas sin resultados",
    empty_none: "Todas las búsquedas han encontrado algo.",
    text: "Lo que se escribió",
    count: "Veces",
    last: "Última",
    directory_never: "El directorio nunca se copió. La búsqueda pregunta a Mastercard cada \
                      término.",
    directory_old: "La copia del directorio es demasiado vieja: faltó una copia diaria.",
    upstream_last: |when| format!("La última llamada que funcionó: {when}."),
    rejected_since: |when| format!("Desde el {when}."),
    circuit_groups: |groups| format!("Llamadas retenidas: {groups}."),
    circuit_next: |when| format!("Se deja pasar una llamada el {when}."),
    copied: |when| format!("Copiado el {when}"),
};
