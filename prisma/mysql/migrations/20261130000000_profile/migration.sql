-- Pictures that users upload, and what WeChat has yet to judge.
ALTER TABLE `wx_user`
    ADD COLUMN `avatar_pending` VARCHAR(255) NOT NULL DEFAULT '',
    ADD COLUMN `profile_notice` VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL;

CREATE TABLE `picture` (
    `id` CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `user_id` INTEGER NOT NULL,
    `created_at` DATETIME(3) NOT NULL,
    `expires_at` DATETIME(3) NULL,

    PRIMARY KEY (`id`),
    INDEX `picture_user_id_idx`(`user_id`),
    INDEX `picture_expires_at_idx`(`expires_at`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE `content_check` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `user_id` INTEGER NOT NULL,
    `kind` VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `subject` VARCHAR(63) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    `trace_id` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
    `attempts` INTEGER NOT NULL DEFAULT 0,
    `created_at` DATETIME(3) NOT NULL,
    `next_at` DATETIME(3) NOT NULL,

    PRIMARY KEY (`id`),
    UNIQUE INDEX `content_check_trace_id_key`(`trace_id`),
    INDEX `content_check_user_id_idx`(`user_id`),
    INDEX `content_check_next_at_idx`(`next_at`),
    CONSTRAINT `content_check_kind_check` CHECK (`kind` IN ('name', 'picture'))
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
