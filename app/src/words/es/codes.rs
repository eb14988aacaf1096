//! Spanish: why an account cannot be read.

use super::super::codes::{Codes, say};

pub(in super::super) static CODES: Codes = Codes {
    connected: say(
        "{institution} está conectado y al día.",
        "No tiene que hacer nada. Leemos sus datos cada noche.",
    ),
    updating: say(
        "Estamos leyendo ahora mismo sus datos de {institution}.",
        "No tiene que hacer nada. Estarán aquí en unos minutos.",
    ),
    sign_in_changed: say(
        "Su acceso a {institution} ha cambiado, por lo que ya no podemos leer sus cuentas allí.",
        "Arregle la conexión: inicie sesión una vez con sus nuevos datos. Después comprobamos que \
         funciona.",
    ),
    action_needed: say(
        "{institution} le pide que haga antes algo en su propio sitio, como aceptar nuevas \
         condiciones. Hasta entonces no podemos leer sus cuentas allí.",
        "Inicie sesión en su sitio y haga lo que le pide. Luego vuelva y arregle la conexión.",
    )
    .steps(&[
        "Inicie sesión en el sitio de {institution} y haga lo que le pide.",
        "Vuelva aquí y arregle la conexión.",
    ]),
    new_password_needed: say(
        "{institution} le pide una nueva contraseña o nuevas respuestas de seguridad. Hasta \
         entonces no podemos leer sus cuentas allí.",
        "Cámbielas en su propio sitio. Luego vuelva y arregle la conexión.",
    )
    .steps(&[
        "Elija la nueva contraseña o las nuevas respuestas en el sitio de {institution}.",
        "Vuelva aquí y arregle la conexión con ellas.",
    ]),
    code_needed: say(
        "{institution} pide un código o una respuesta de seguridad que solo usted puede dar. \
         Hasta entonces no podemos leer sus cuentas allí.",
        "Arregle la conexión y tenga su teléfono a mano. Tarda cerca de un minuto.",
    ),
    answer_refused: say(
        "{institution} no aceptó el último código o la última respuesta de seguridad, por lo que \
         no podemos leer sus cuentas allí.",
        "Arregle la conexión y dé el código o la respuesta una vez más.",
    ),
    new_way: say(
        "Ahora se inicia sesión en el propio sitio de {institution}, lo que es más seguro. Los \
         bancos hacen este cambio de vez en cuando, y usted lo aprueba una sola vez.",
        "Arregle la conexión y apruebe el acceso en {institution}. Sus cuentas quedan aquí como \
         están.",
    ),
    account_not_shared: say(
        "{institution} ya no nos muestra una de sus cuentas. Puede que no esté seleccionada allí, \
         o que esté cerrada.",
        "Arregle la conexión y asegúrese de que la cuenta esté seleccionada. Si está cerrada, \
         quítela aquí.",
    ),
    permission_ended: say(
        "Ya no tenemos permiso para leer sus cuentas en {institution}. El permiso venció o fue \
         retirado.",
        "Arregle la conexión y apruebe el acceso de nuevo. Si quería que terminara, desconéctela \
         aquí.",
    ),
    sign_in_again: say(
        "{institution} le pide que inicie sesión de nuevo antes de que podamos leer sus cuentas.",
        "Arregle la conexión: inicie sesión una vez. Después comprobamos que funciona.",
    ),
    account_changed: say(
        "Algo ha cambiado en una de sus cuentas de {institution}. Ya no coincide con lo que \
         sabemos.",
        "Revise la cuenta en el sitio de {institution}. Luego conecte {institution} aquí de nuevo.",
    ),
    more_information: say(
        "{institution} necesita algo de usted antes de que podamos leer sus cuentas allí.",
        "Inicie sesión en su propio sitio y haga lo que le pide. Leemos sus datos de nuevo esa \
         noche.",
    ),
    check_account: say(
        "No podemos leer una de sus cuentas en {institution}. Puede que el banco necesite algo de \
         usted.",
        "Revise la cuenta en el sitio de {institution}. Si allí le piden algo, hágalo, y leemos de \
         nuevo esa noche. Si la cuenta está cerrada, quítela aquí.",
    ),
    not_confirmed: say(
        "{institution} no pudo confirmar que era usted, por lo que no podemos leer sus cuentas \
         allí.",
        "Conecte {institution} aquí de nuevo. Tenga a mano su teléfono y sus respuestas de \
         seguridad.",
    ),
    timed_out: say(
        "El paso de seguridad de {institution} tardó demasiado y se dio por terminado.",
        "Conecte {institution} aquí de nuevo. Tenga su teléfono a mano.",
    ),
    sign_in_unclear: say(
        "No pudimos iniciar sesión en {institution}, y no nos dijeron por qué.",
        "Compruebe que puede iniciar sesión en su propio sitio. Si puede y mañana sus datos no han \
         vuelto, conecte {institution} aquí de nuevo.",
    ),
    unrecoverable: say(
        "Ya no podemos leer sus datos de {institution} por la conexión antigua.",
        "Conecte {institution} aquí de nuevo para seguir. Después puede quitar la conexión antigua.",
    ),
    no_online_access: say(
        "{institution} dice que usted no tiene acceso en línea a una de sus cuentas.",
        "Pida a {institution} que lo active. Leemos sus datos de nuevo la noche siguiente.",
    ),
    blocked: say(
        "{institution} ha bloqueado el acceso a sus datos por razones de seguridad.",
        "Pida a {institution} que levante el bloqueo. Lo intentamos de nuevo cada noche.",
    ),
    managed_there: say(
        "Usted decide en el sitio de {institution} quién puede leer sus cuentas, y ahora nosotros \
         no podemos.",
        "Inicie sesión allí y permita el acceso. Leemos sus datos de nuevo esa noche.",
    ),
    sharing_stopped: say(
        "No consta ningún permiso para que leamos sus cuentas en {institution}.",
        "Si quiere compartirlas, conecte {institution} aquí de nuevo. Si no, no tiene que hacer \
         nada.",
    ),
    no_details: say(
        "No tenemos constancia de cuándo nos dio acceso a {institution}.",
        "Conecte {institution} aquí de nuevo cuando le venga bien. Hasta entonces nada cambia.",
    ),
    no_usable_account: say(
        "No encontramos en {institution} ninguna cuenta que podamos leer.",
        "Conecte {institution} aquí de nuevo y elija una cuenta de cheques, de ahorros, de mercado \
         monetario, un certificado de depósito o una cuenta de inversión.",
    ),
    not_readable: say(
        "No podemos leer una de sus cuentas de {institution}. Puede que sea de un tipo que no \
         funciona con nosotros.",
        "Compruebe en el sitio de {institution} que puede verla. Si puede, seguimos intentándolo \
         cada noche. Si está cerrada, quítela aquí.",
    ),
    being_built: say(
        "La conexión con {institution} todavía se está preparando.",
        "Conecte {institution} aquí una vez más hoy. Si no funciona, hágalo de nuevo mañana. Cada \
         intento ayuda.",
    ),
    not_seen: say(
        "{institution} no nos mostró una de sus cuentas la última vez.",
        "Por ahora no tiene que hacer nada. Miramos de nuevo en la próxima lectura y le preguntamos si sigue \
         faltando.",
    ),
    maybe_closed: say(
        "Ya no encontramos una de sus cuentas en {institution}. Puede que esté cerrada.",
        "Si está cerrada, quítela aquí. Si no, compruebe que puede verla en el sitio de \
         {institution}. Miramos de nuevo cada noche.",
    ),
    interrupted: say(
        "La conexión con {institution} está interrumpida por ahora.",
        "No tiene que hacer nada. Lo intentamos de nuevo cada noche, y sus datos vuelven solos.",
    ),
    unreachable: say(
        "Por ahora no se puede llegar al sitio de {institution}.",
        "No tiene que hacer nada. Lo intentamos de nuevo cada noche, y sus datos vuelven cuando \
         vuelva el sitio.",
    ),
    not_let_in: say(
        "{institution} no nos dejó entrar la última vez.",
        "Por ahora no tiene que hacer nada. Lo intentamos de nuevo en la próxima lectura.",
    ),
    service_busy: say(
        "Mastercard lee para nosotros sus datos de {institution}, y su servicio está ocupado.",
        "No tiene que hacer nada. Mastercard lo intenta de nuevo cada noche.",
    ),
    limit_reached: say(
        "{institution} limita cuántas veces se pueden leer los datos, y por ahora se llegó a ese \
         límite.",
        "No tiene que hacer nada. Miramos de nuevo en la próxima lectura.",
    ),
    looked_into: say(
        "Hay un problema con la conexión con {institution}.",
        "No tiene que hacer nada. Lo revisamos con Mastercard y lo intentamos de nuevo cada noche.",
    ),
    look_alike: say(
        "Dos de sus cuentas en {institution} nos parecen iguales, y no podemos distinguirlas.",
        "No tiene que hacer nada. Lo resolvemos con Mastercard, y usted lo verá aquí.",
    ),
    not_supported: say(
        "No podemos leer una de sus cuentas de {institution}. Su forma de iniciar sesión allí, o \
         este tipo de cuenta, todavía no funciona con nosotros.",
        "Preguntamos a Mastercard, y usted verá aquí cuándo funciona. Mientras tanto puede \
         conectar otro banco.",
    ),
    move_failed: say(
        "{institution} tiene una nueva forma de conectarse, y sus cuentas aún no se han pasado a \
         ella.",
        "No tiene que hacer nada. Terminamos el cambio con Mastercard y le avisamos aquí si le \
         necesitamos.",
    ),
    mismatch: say(
        "Algunos datos que tenemos no coinciden con los de {institution}.",
        "Por ahora no tiene que hacer nada. Primero revisamos nuestra parte y le avisamos aquí si \
         le necesitamos.",
    ),
    our_side: say(
        "No pudimos leer sus datos de {institution}. Parece un fallo nuestro.",
        "No tiene que hacer nada. Lo estamos revisando, y lo intentamos de nuevo cada noche.",
    ),
    customer_lost: say(
        "Mastercard lee para nosotros sus datos de {institution}, y ya no encuentra su registro.",
        "No tiene que hacer nada. Lo aclaramos con Mastercard. Sus conexiones siguen en esta lista.",
    ),
    unknown: say(
        "No pudimos actualizar sus cuentas en {institution}, y aún no sabemos por qué.",
        "No tiene que hacer nada. Lo estamos revisando, y lo intentamos de nuevo cada noche.",
    ),
};
