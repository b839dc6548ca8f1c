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
space-sign-in = الدخول ببطاقتي
space-code = رمز البطاقة
space-code-hint = الحروف والأرقام الثمانية المكتوبة على البطاقة.
space-pin = الرقم السري
space-pin-hint = الأرقام الستة التي أُعطيت مع البطاقة.
space-enter = دخول
space-lost = هل فقدتم البطاقة؟ يمكن للجهة التي ترافقكم أن تعطيكم بطاقة أخرى.
space-wrong = الرمز أو الرقم غير صحيح.
space-languages = اللغات
space-title = مساحتي
space-files = من يرافقني
space-no-file = لا توجد جهة ترافقكم حاليًا.
space-file = الملف { $number }، فُتح في { $since }
space-leave = خروج سريع
space-leave-all = الخروج ومحو هذه الصفحة من الجهاز

# What is said again before something sensitive, and how long to wait.
accounts-prove = أكدوا هويتكم
accounts-prove-why = ما يلي حساس. أعطوا رقمكم مرة أخرى ثم تعودون إليه.
accounts-pin = الرقم السري
accounts-pin-hint = الأرقام الستة التي أُعطيت مع بطاقتكم.
accounts-confirm = تأكيد
accounts-code-wrong = هذا الرقم غير صحيح.
accounts-wait-seconds = { $count ->
    [one] انتظروا ثانية واحدة ثم أعيدوا المحاولة.
    [two] انتظروا ثانيتين ثم أعيدوا المحاولة.
    [few] انتظروا { $count } ثوانٍ ثم أعيدوا المحاولة.
   *[other] انتظروا { $count } ثانية ثم أعيدوا المحاولة.
}
accounts-wait-minutes = { $count ->
    [two] انتظروا دقيقتين ثم أعيدوا المحاولة.
    [few] انتظروا { $count } دقائق ثم أعيدوا المحاولة.
   *[other] انتظروا { $count } دقيقة ثم أعيدوا المحاولة.
}
accounts-wait-hours = { $count ->
    [one] انتظروا ساعة واحدة ثم أعيدوا المحاولة.
    [two] انتظروا ساعتين ثم أعيدوا المحاولة.
    [few] انتظروا { $count } ساعات ثم أعيدوا المحاولة.
   *[other] انتظروا { $count } ساعة ثم أعيدوا المحاولة.
}
