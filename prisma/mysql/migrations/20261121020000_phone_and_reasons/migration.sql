-- A number that WeChat has vouched for, once per appid; `mobile` of existing tables is hearsay and stays.
ALTER TABLE `wx_user`
    ADD COLUMN `bound_phone` VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    ADD COLUMN `phone_bound_at` DATETIME(3) NULL,
    ADD COLUMN `status_code` VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
    ADD COLUMN `status_note` VARCHAR(255) NULL,
    ADD UNIQUE INDEX `wx_user_appid_bound_phone_key`(`appid`, `bound_phone`),
    ADD CONSTRAINT `wx_user_bound_phone_check` CHECK ((`bound_phone` IS NULL) = (`phone_bound_at` IS NULL));
