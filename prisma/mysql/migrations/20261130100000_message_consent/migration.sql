-- Consents to subscribe messages, and sign-ins on new devices until they are seen.
CREATE TABLE `message_consent` (
    `user_id` INTEGER NOT NULL,
    `template_id` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `credit` INTEGER NOT NULL,
    `unreported` INTEGER NOT NULL DEFAULT 0,
    `changed_at` DATETIME(3) NOT NULL,

    PRIMARY KEY (`user_id`, `template_id`),
    CONSTRAINT `message_consent_credit_check` CHECK (`credit` >= 0),
    CONSTRAINT `message_consent_unreported_check` CHECK (`unreported` >= 0)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE `consent_push` (
    `id` CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `counted_at` DATETIME(3) NOT NULL,

    PRIMARY KEY (`id`),
    INDEX `consent_push_counted_at_idx`(`counted_at`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

CREATE TABLE `new_device` (
    `user_id` INTEGER NOT NULL,
    `device_key` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `device_name` VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci NOT NULL,
    `ip` VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `at` DATETIME(3) NOT NULL,
    `hidden` BOOLEAN NOT NULL DEFAULT false,

    PRIMARY KEY (`user_id`, `device_key`),
    INDEX `new_device_at_idx`(`at`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
