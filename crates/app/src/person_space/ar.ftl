# The pages of the accompanied person.
person-log-title = من اطّلع على ملفي، ولماذا
person-log-lead = كل سطر يذكر من فتح ملفكم، ومتى، ولأي سبب.
person-log-empty = لم يفتح أحد ملفكم بعد.
person-log-you = أنتم
person-log-service = { $role }، { $structure }
person-log-hidden-service = مصلحة اسمها محميّ
person-log-once = في { $date }، لأجل: { $purpose }.
person-log-often = في { $date }، { $count } مرات، لأجل: { $purpose }.
person-log-question = هل يفاجئكم أحد الأسطر؟ اسألوا الشخص الذي يتابع ملفكم، أو مسؤول حماية المعطيات.
