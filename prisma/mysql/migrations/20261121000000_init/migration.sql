-- Collations are explicit, because a server's default would merge people: identifiers compare byte for
-- byte (ascii_bin), names that are keys too (utf8mb4_bin), text for people by accents and emoji
-- (utf8mb4_unicode_520_ci, which MySQL and MariaDB share).

CREATE TABLE `wx_user` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `public_id` CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `appid` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `weixin_openid` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `unionid` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    `username` VARCHAR(63) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    `nickname` VARCHAR(63) NOT NULL,
    `avatar` VARCHAR(255) NOT NULL DEFAULT '',
    `gender` TINYINT NOT NULL DEFAULT 0,
    `birthday` DATE NULL,
    `mobile` VARCHAR(20) NOT NULL DEFAULT '',
    `user_level` TINYINT NOT NULL DEFAULT 0,
    `status` TINYINT NOT NULL DEFAULT 0,
    `status_reason` VARCHAR(255) NULL,
    `add_time` DATETIME(3) NOT NULL,
    `update_time` DATETIME(3) NOT NULL,
    `last_login_time` DATETIME(3) NOT NULL,
    `last_login_ip` VARCHAR(63) NOT NULL DEFAULT '',
    `deleted` BOOLEAN NOT NULL DEFAULT false,
    `share_user_id` INTEGER NULL,

    PRIMARY KEY (`id`),
    UNIQUE INDEX `wx_user_public_id_key`(`public_id`),
    UNIQUE INDEX `user_name`(`username`),
    INDEX `wx_user_unionid_idx`(`unionid`),
    UNIQUE INDEX `wx_user_appid_weixin_openid_key`(`appid`, `weixin_openid`),
    CONSTRAINT `wx_user_appid_check` CHECK (`appid` <> ''),
    CONSTRAINT `wx_user_weixin_openid_check` CHECK (`weixin_openid` <> ''),
    CONSTRAINT `wx_user_gender_check` CHECK (`gender` BETWEEN 0 AND 2),
    CONSTRAINT `wx_user_status_check` CHECK (`status` BETWEEN 0 AND 2)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE `wx_session` (
    `id` CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `user_id` INTEGER NOT NULL,
    `device_id` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    `device_name` VARCHAR(64) NOT NULL DEFAULT '',
    `ip` VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `user_agent` VARCHAR(512) NOT NULL,
    `created_at` DATETIME(3) NOT NULL,
    `last_seen_at` DATETIME(3) NOT NULL,
    `idle_expires_at` DATETIME(3) NOT NULL,
    `absolute_expires_at` DATETIME(3) NOT NULL,
    `ended_at` DATETIME(3) NULL,
    `ended_reason` VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
    `sealed_session_key` VARCHAR(512) CHARACTER SET ascii COLLATE ascii_bin NULL,

    PRIMARY KEY (`id`),
    INDEX `wx_session_user_id_ended_at_created_at_idx`(`user_id`, `ended_at`, `created_at`),
    INDEX `wx_session_ended_at_idx`(`ended_at`),
    INDEX `wx_session_idle_expires_at_idx`(`idle_expires_at`),
    CONSTRAINT `wx_session_user_id_fkey` FOREIGN KEY (`user_id`) REFERENCES `wx_user`(`id`) ON DELETE CASCADE ON UPDATE RESTRICT,
    CONSTRAINT `wx_session_ended_check` CHECK ((`ended_at` IS NULL) = (`ended_reason` IS NULL)),
    CONSTRAINT `wx_session_sealed_check` CHECK (`ended_at` IS NULL OR `sealed_session_key` IS NULL)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE `login_event` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `at` DATETIME(3) NOT NULL,
    `kind` VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `outcome` VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `appid` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `user_id` INTEGER NULL,
    `session_id` CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
    `ip` VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `user_agent` VARCHAR(512) NOT NULL,
    `request_id` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,

    PRIMARY KEY (`id`),
    INDEX `login_event_user_id_at_idx`(`user_id`, `at`),
    INDEX `login_event_at_idx`(`at`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
