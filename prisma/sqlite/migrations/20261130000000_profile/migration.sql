ALTER TABLE "wx_user" ADD COLUMN "avatar_pending" TEXT NOT NULL DEFAULT '';
ALTER TABLE "wx_user" ADD COLUMN "profile_notice" TEXT;

CREATE TABLE "picture" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "user_id" INTEGER NOT NULL,
    "created_at" DATETIME NOT NULL,
    "expires_at" DATETIME
);

CREATE TABLE "content_check" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL CHECK ("kind" IN ('name', 'picture')),
    "subject" TEXT NOT NULL,
    "trace_id" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" DATETIME NOT NULL,
    "next_at" DATETIME NOT NULL
);

CREATE INDEX "picture_user_id_idx" ON "picture"("user_id");
CREATE INDEX "picture_expires_at_idx" ON "picture"("expires_at");
CREATE UNIQUE INDEX "content_check_trace_id_key" ON "content_check"("trace_id");
CREATE INDEX "content_check_user_id_idx" ON "content_check"("user_id");
CREATE INDEX "content_check_next_at_idx" ON "content_check"("next_at");
