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
