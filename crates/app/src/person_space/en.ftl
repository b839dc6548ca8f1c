# The pages of the accompanied person.
person-log-title = Who opened my file, and why
person-log-lead = Each line says who opened your file, when, and for what reason.
person-log-empty = Nobody has opened your file yet.
person-log-you = You
person-log-service = { $role }, { $structure }
person-log-hidden-service = A service whose name is protected
person-log-once = On { $date }, for: { $purpose }.
person-log-often = On { $date }, { $count } times, for: { $purpose }.
person-log-question = Does a line surprise you? Ask the person who follows your file, or the data protection officer.
space-sign-in = Sign in with my card
space-code = Card code
space-code-hint = The 8 letters and figures on the card.
space-pin = Secret number
space-pin-hint = The 6 figures given with the card.
space-enter = Sign in
space-lost = Lost your card? The service that supports you can give you another one.
space-wrong = The code or the number is not right.
space-languages = Languages
space-title = My space
space-files = Who supports me
space-no-file = No service is supporting you at the moment.
space-file = File { $number }, opened on { $since }
space-leave = Leave quickly
space-leave-all = Leave and clear this page from the device

# What is said again before something sensitive, and how long to wait.
accounts-prove = Confirm that it is you
accounts-prove-why = What follows is sensitive. Give your number again; you then come back to it.
accounts-pin = Secret number
accounts-pin-hint = The 6 figures given with your card.
accounts-confirm = Confirm
accounts-code-wrong = This number is not right.
accounts-wait-seconds = { $count ->
    [one] Wait one second, then try again.
   *[other] Wait { $count } seconds, then try again.
}
accounts-wait-minutes = Wait { $count } minutes, then try again.
accounts-wait-hours = Wait { $count } hours, then try again.
