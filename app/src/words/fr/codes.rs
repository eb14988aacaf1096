//! French: why an account cannot be read. The name of an institution never
//! follows `de` or `que`, which would have to be elided before a vowel.

use super::super::codes::{Codes, say};

pub(in super::super) static CODES: Codes = Codes {
    connected: say(
        "{institution} est connecté et à jour.",
        "Vous n’avez rien à faire. Vos données y sont lues chaque nuit.",
    ),
    updating: say(
        "Vos données chez {institution} sont en cours de lecture.",
        "Vous n’avez rien à faire. Elles seront ici dans quelques minutes.",
    ),
    sign_in_changed: say(
        "Vos identifiants chez {institution} ont changé, et nous ne pouvons plus lire vos comptes.",
        "Réparez la connexion en vous identifiant une fois avec vos nouveaux identifiants. Nous \
         vérifions ensuite que cela marche.",
    ),
    action_needed: say(
        "{institution} vous demande d’abord de faire quelque chose sur son propre site, par \
         exemple d’accepter de nouvelles conditions. D’ici là, nous ne pouvons pas y lire vos \
         comptes.",
        "Identifiez-vous sur son site et faites ce qui est demandé. Revenez ensuite réparer la \
         connexion.",
    )
    .steps(&[
        "Identifiez-vous chez {institution}, sur son propre site, et faites ce qui est demandé.",
        "Revenez ici et réparez la connexion.",
    ]),
    new_password_needed: say(
        "{institution} vous demande un nouveau mot de passe ou de nouvelles réponses de sécurité. \
         D’ici là, nous ne pouvons pas y lire vos comptes.",
        "Changez-les sur son propre site. Revenez ensuite réparer la connexion.",
    )
    .steps(&[
        "Choisissez le nouveau mot de passe ou les nouvelles réponses chez {institution}, sur son \
         propre site.",
        "Revenez ici et réparez la connexion avec eux.",
    ]),
    code_needed: say(
        "{institution} demande un code ou une réponse de sécurité, et vous seul pouvez les donner. \
         D’ici là, nous ne pouvons pas y lire vos comptes.",
        "Réparez la connexion et gardez votre téléphone à portée de main. Cela prend environ une \
         minute.",
    ),
    answer_refused: say(
        "{institution} n’a pas accepté le dernier code ou la dernière réponse de sécurité, et nous \
         ne pouvons pas y lire vos comptes.",
        "Réparez la connexion et donnez le code ou la réponse encore une fois.",
    ),
    new_way: say(
        "{institution} vous identifie maintenant sur son propre site, ce qui est plus sûr. Les \
         banques font ce changement de temps en temps, et vous l’approuvez une seule fois.",
        "Réparez la connexion et approuvez l’accès chez {institution}. Vos comptes restent ici \
         comme ils sont.",
    ),
    account_not_shared: say(
        "{institution} ne nous montre plus un de vos comptes. Il n’y est peut-être pas \
         sélectionné, ou il est clôturé.",
        "Réparez la connexion et vérifiez que le compte est sélectionné. S’il est clôturé, \
         retirez-le ici.",
    ),
    permission_ended: say(
        "Nous n’avons plus l’autorisation de lire vos comptes chez {institution}. Elle a expiré ou \
         a été retirée.",
        "Réparez la connexion et approuvez l’accès de nouveau. Si vous vouliez y mettre fin, \
         déconnectez-la ici.",
    ),
    sign_in_again: say(
        "{institution} vous demande de vous identifier de nouveau avant la lecture de vos comptes.",
        "Réparez la connexion en vous identifiant une fois. Nous vérifions ensuite que cela marche.",
    ),
    account_changed: say(
        "Quelque chose a changé dans un de vos comptes chez {institution}. Il ne correspond plus à \
         ce que nous savons.",
        "Regardez ce compte chez {institution}, sur son propre site. Connectez ensuite \
         {institution} ici de nouveau.",
    ),
    more_information: say(
        "{institution} a besoin de quelque chose de votre part avant la lecture de vos comptes.",
        "Identifiez-vous sur son propre site et faites ce qui est demandé. Nous relisons vos \
         données la nuit suivante.",
    ),
    check_account: say(
        "Nous ne pouvons pas lire un de vos comptes chez {institution}. La banque a peut-être \
         besoin de quelque chose de votre part.",
        "Regardez ce compte chez {institution}, sur son propre site. Si quelque chose y est \
         demandé, faites-le, et nous relisons la nuit suivante. S’il est clôturé, retirez-le ici.",
    ),
    not_confirmed: say(
        "{institution} n’a pas pu confirmer votre identité, et nous ne pouvons pas y lire vos \
         comptes.",
        "Connectez {institution} ici de nouveau. Gardez à portée de main votre téléphone et vos \
         réponses de sécurité.",
    ),
    timed_out: say(
        "L’étape de sécurité chez {institution} a duré trop longtemps et a pris fin.",
        "Connectez {institution} ici de nouveau. Gardez votre téléphone à portée de main.",
    ),
    sign_in_unclear: say(
        "L’identification chez {institution} n’a pas marché, et on ne nous a pas dit pourquoi.",
        "Vérifiez que vous pouvez vous identifier sur son propre site. Si oui, et si vos données \
         ne sont pas revenues demain, connectez {institution} ici de nouveau.",
    ),
    unrecoverable: say(
        "Nous ne pouvons plus lire vos données chez {institution} par l’ancienne connexion.",
        "Connectez {institution} ici de nouveau pour continuer. Vous pourrez ensuite retirer \
         l’ancienne connexion.",
    ),
    no_online_access: say(
        "{institution} indique que vous n’avez pas d’accès en ligne à l’un de vos comptes.",
        "Demandez à {institution} de l’activer. Nous relisons vos données la nuit suivante.",
    ),
    blocked: say(
        "{institution} a bloqué l’accès à vos données pour des raisons de sécurité.",
        "Demandez à {institution} de lever le blocage. Nous réessayons chaque nuit.",
    ),
    managed_there: say(
        "Vous décidez chez {institution}, sur son propre site, qui peut lire vos comptes, et nous \
         ne le pouvons pas en ce moment.",
        "Identifiez-vous sur ce site et autorisez l’accès. Nous relisons vos données la nuit \
         suivante.",
    ),
    sharing_stopped: say(
        "Aucune autorisation de lire vos comptes chez {institution} n’est enregistrée.",
        "Si vous voulez les partager, connectez {institution} ici de nouveau. Sinon, vous n’avez \
         rien à faire.",
    ),
    no_details: say(
        "Nous ne savons pas quand vous nous avez donné accès à {institution}.",
        "Connectez {institution} ici de nouveau quand cela vous convient. D’ici là, rien ne \
         change.",
    ),
    no_usable_account: say(
        "Nous n’avons trouvé chez {institution} aucun compte lisible pour nous.",
        "Connectez {institution} ici de nouveau et choisissez un compte courant, d’épargne, \
         monétaire, à terme ou d’investissement.",
    ),
    not_readable: say(
        "Nous ne pouvons pas lire l’un de vos comptes chez {institution}. Il est peut-être d’un \
         type qui ne marche pas avec nous.",
        "Vérifiez chez {institution}, sur son propre site, que vous pouvez le voir. Si oui, nous \
         réessayons chaque nuit. S’il est clôturé, retirez-le ici.",
    ),
    being_built: say(
        "La connexion vers {institution} est encore en préparation.",
        "Connectez {institution} ici encore une fois aujourd’hui. Si cela ne marche pas, \
         recommencez demain. Chaque essai aide.",
    ),
    not_seen: say(
        "{institution} ne nous a pas montré un de vos comptes la dernière fois.",
        "Vous n’avez rien à faire pour le moment. Nous regardons de nouveau à la prochaine lecture, et nous \
         vous posons la question s’il manque toujours.",
    ),
    maybe_closed: say(
        "Nous ne trouvons plus un de vos comptes chez {institution}. Il est peut-être clôturé.",
        "S’il est clôturé, retirez-le ici. Sinon, vérifiez chez {institution}, sur son propre site, \
         que vous pouvez le voir. Nous regardons de nouveau chaque nuit.",
    ),
    interrupted: say(
        "La connexion vers {institution} est interrompue pour le moment.",
        "Vous n’avez rien à faire. Nous réessayons chaque nuit, et vos données reviennent d’elles-\
         mêmes.",
    ),
    unreachable: say(
        "{institution} est injoignable pour le moment.",
        "Vous n’avez rien à faire. Nous réessayons chaque nuit, et vos données reviennent avec le \
         site.",
    ),
    not_let_in: say(
        "{institution} ne nous a pas laissé entrer la dernière fois.",
        "Vous n’avez rien à faire pour le moment. Nous réessayons à la prochaine lecture.",
    ),
    service_busy: say(
        "Mastercard lit pour nous vos données chez {institution}, et son service est occupé.",
        "Vous n’avez rien à faire. Mastercard réessaie chaque nuit.",
    ),
    limit_reached: say(
        "{institution} limite le nombre de lectures, et cette limite est atteinte pour le moment.",
        "Vous n’avez rien à faire. Nous regardons de nouveau à la prochaine lecture.",
    ),
    looked_into: say(
        "La connexion vers {institution} a un problème.",
        "Vous n’avez rien à faire. Nous cherchons avec Mastercard, et nous réessayons chaque nuit.",
    ),
    look_alike: say(
        "Deux de vos comptes chez {institution} nous paraissent identiques, et nous ne pouvons pas \
         les distinguer.",
        "Vous n’avez rien à faire. Nous réglons cela avec Mastercard, et vous le verrez ici.",
    ),
    not_supported: say(
        "Nous ne pouvons pas lire l’un de vos comptes chez {institution}. Votre façon de vous y \
         identifier, ou ce type de compte, ne marche pas encore avec nous.",
        "Nous posons la question à Mastercard, et vous verrez ici quand cela marche. D’ici là, vous \
         pouvez connecter une autre banque.",
    ),
    move_failed: say(
        "{institution} a une nouvelle façon de se connecter, et vos comptes n’y sont pas encore \
         passés.",
        "Vous n’avez rien à faire. Nous terminons ce passage avec Mastercard, et vous le verrez ici \
         si nous avons besoin de vous.",
    ),
    mismatch: say(
        "Certaines de nos données ne correspondent pas à celles qui sont chez {institution}.",
        "Vous n’avez rien à faire pour le moment. Nous vérifions d’abord de notre côté, et vous le \
         verrez ici si nous avons besoin de vous.",
    ),
    our_side: say(
        "Nous n’avons pas pu lire vos données chez {institution}. Il semble que la faute soit de \
         notre côté.",
        "Vous n’avez rien à faire. Nous cherchons, et nous réessayons chaque nuit.",
    ),
    customer_lost: say(
        "Mastercard lit pour nous vos données chez {institution}, et ne trouve plus votre dossier.",
        "Vous n’avez rien à faire. Nous réglons cela avec Mastercard. Vos connexions restent dans \
         la liste.",
    ),
    unknown: say(
        "Nous n’avons pas pu mettre à jour vos comptes chez {institution}, et nous ne savons pas \
         encore pourquoi.",
        "Vous n’avez rien à faire. Nous cherchons, et nous réessayons chaque nuit.",
    ),
};
