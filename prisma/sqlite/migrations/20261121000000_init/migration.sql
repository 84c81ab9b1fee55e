CREATE TABLE "wx_user" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "public_id" TEXT NOT NULL,
    "appid" TEXT NOT NULL CHECK ("appid" <> ''),
    "weixin_openid" TEXT NOT NULL CHECK ("weixin_openid" <> ''),
    "unionid" TEXT,
    "username" TEXT NOT NULL,
    "nickname" TEXT NOT NULL,
    "avatar" TEXT NOT NULL DEFAULT '',
    "gender" INTEGER NOT NULL DEFAULT 0 CHECK ("gender" BETWEEN 0 AND 2),
    "birthday" DATETIME,
    "mobile" TEXT NOT NULL DEFAULT '',
    "user_level" INTEGER NOT NULL DEFAULT 0,
    "status" INTEGER NOT NULL DEFAULT 0 CHECK ("status" BETWEEN 0 AND 2),
    "status_reason" TEXT,
    "add_time" DATETIME NOT NULL,
    "update_time" DATETIME NOT NULL,
    "last_login_time" DATETIME NOT NULL,
    "last_login_ip" TEXT NOT NULL DEFAULT '',
    "deleted" BOOLEAN NOT NULL DEFAULT false,
    "share_user_id" INTEGER
);

CREATE TABLE "wx_session" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "user_id" INTEGER NOT NULL,
    "device_id" TEXT,
    "device_name" TEXT NOT NULL DEFAULT '',
    "ip" TEXT NOT NULL,
    "user_agent" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL,
    "last_seen_at" DATETIME NOT NULL,
    "idle_expires_at" DATETIME NOT NULL,
    "absolute_expires_at" DATETIME NOT NULL,
    "ended_at" DATETIME,
    "ended_reason" TEXT,
    "sealed_session_key" TEXT,
    CONSTRAINT "wx_session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "wx_user" ("id") ON DELETE CASCADE ON UPDATE RESTRICT,
    CONSTRAINT "wx_session_ended_check" CHECK (("ended_at" IS NULL) = ("ended_reason" IS NULL)),
    CONSTRAINT "wx_session_sealed_check" CHECK ("ended_at" IS NULL OR "sealed_session_key" IS NULL)
);

CREATE TABLE "login_event" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "kind" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "appid" TEXT NOT NULL,
    "user_id" INTEGER,
    "session_id" TEXT,
    "ip" TEXT NOT NULL,
    "user_agent" TEXT NOT NULL,
    "request_id" TEXT NOT NULL
);

CREATE UNIQUE INDEX "wx_user_public_id_key" ON "wx_user"("public_id");
CREATE UNIQUE INDEX "user_name" ON "wx_user"("username");
CREATE INDEX "wx_user_unionid_idx" ON "wx_user"("unionid");
CREATE UNIQUE INDEX "wx_user_appid_weixin_openid_key" ON "wx_user"("appid", "weixin_openid");
CREATE INDEX "wx_session_user_id_ended_at_created_at_idx" ON "wx_session"("user_id", "ended_at", "created_at");
CREATE INDEX "wx_session_ended_at_idx" ON "wx_session"("ended_at");
CREATE INDEX "wx_session_idle_expires_at_idx" ON "wx_session"("idle_expires_at");
CREATE INDEX "login_event_user_id_at_idx" ON "login_event"("user_id", "at");
CREATE INDEX "login_event_at_idx" ON "login_event"("at");
