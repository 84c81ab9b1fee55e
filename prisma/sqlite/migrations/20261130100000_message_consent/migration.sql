CREATE TABLE "message_consent" (
    "user_id" INTEGER NOT NULL,
    "template_id" TEXT NOT NULL,
    "credit" INTEGER NOT NULL CHECK ("credit" >= 0),
    "unreported" INTEGER NOT NULL DEFAULT 0 CHECK ("unreported" >= 0),
    "changed_at" DATETIME NOT NULL,

    PRIMARY KEY ("user_id", "template_id")
);

CREATE TABLE "consent_push" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "counted_at" DATETIME NOT NULL
);

CREATE TABLE "new_device" (
    "user_id" INTEGER NOT NULL,
    "device_key" TEXT NOT NULL,
    "device_name" TEXT NOT NULL,
    "ip" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "hidden" BOOLEAN NOT NULL DEFAULT false,

    PRIMARY KEY ("user_id", "device_key")
);

CREATE INDEX "consent_push_counted_at_idx" ON "consent_push"("counted_at");
CREATE INDEX "new_device_at_idx" ON "new_device"("at");
