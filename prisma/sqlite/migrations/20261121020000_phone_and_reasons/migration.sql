ALTER TABLE "wx_user" ADD COLUMN "bound_phone" TEXT;
ALTER TABLE "wx_user" ADD COLUMN "phone_bound_at" DATETIME;
ALTER TABLE "wx_user" ADD COLUMN "status_code" TEXT;
ALTER TABLE "wx_user" ADD COLUMN "status_note" TEXT;
CREATE UNIQUE INDEX "wx_user_appid_bound_phone_key" ON "wx_user"("appid", "bound_phone");
