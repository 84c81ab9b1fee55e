ALTER TABLE "meeting" ADD COLUMN "late_after_min" INTEGER NOT NULL DEFAULT 5;

UPDATE "meeting" SET "late_after_min" = (SELECT "late_after_min" FROM "org" WHERE "org"."id" = "meeting"."org_id");

ALTER TABLE "meeting_participant" ADD COLUMN "checked_in_at" DATETIME;
ALTER TABLE "meeting_participant" ADD COLUMN "check_in_way" TEXT
    CONSTRAINT "meeting_participant_check_in_way_check" CHECK ("check_in_way" IN ('code', 'hand', 'undone'));
ALTER TABLE "meeting_participant" ADD COLUMN "checked_in_by" INTEGER;
ALTER TABLE "meeting_participant" ADD COLUMN "check_in_reason" TEXT;

CREATE TABLE "meeting_screen" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "meeting_id" INTEGER NOT NULL,
    "token_hash" TEXT NOT NULL,
    "made_by" INTEGER NOT NULL,
    "created_at" DATETIME NOT NULL,
    "expires_at" DATETIME NOT NULL,
    "revoked_at" DATETIME,
    CONSTRAINT "meeting_screen_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meeting" ("id") ON DELETE CASCADE ON UPDATE RESTRICT
);

CREATE UNIQUE INDEX "meeting_screen_token_hash_key" ON "meeting_screen"("token_hash");
CREATE INDEX "meeting_screen_meeting_id_idx" ON "meeting_screen"("meeting_id");
CREATE INDEX "meeting_screen_expires_at_idx" ON "meeting_screen"("expires_at");
