-- Who was there: one check-in a person, by a code, or by hand with a reason. And links for a projector.
ALTER TABLE `meeting`
    ADD COLUMN `late_after_min` INTEGER NOT NULL DEFAULT 5;

UPDATE `meeting` SET `late_after_min` = (SELECT `late_after_min` FROM `org` WHERE `org`.`id` = `meeting`.`org_id`);

ALTER TABLE `meeting_participant`
    ADD COLUMN `checked_in_at` DATETIME(3) NULL,
    ADD COLUMN `check_in_way` VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NULL,
    ADD COLUMN `checked_in_by` INTEGER NULL,
    ADD COLUMN `check_in_reason` VARCHAR(200) NULL,
    ADD CONSTRAINT `meeting_participant_check_in_way_check` CHECK (`check_in_way` IN ('code', 'hand', 'undone'));

CREATE TABLE `meeting_screen` (
    `id` INTEGER NOT NULL AUTO_INCREMENT,
    `meeting_id` INTEGER NOT NULL,
    `token_hash` CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    `made_by` INTEGER NOT NULL,
    `created_at` DATETIME(3) NOT NULL,
    `expires_at` DATETIME(3) NOT NULL,
    `revoked_at` DATETIME(3) NULL,

    PRIMARY KEY (`id`),
    UNIQUE INDEX `meeting_screen_token_hash_key`(`token_hash`),
    INDEX `meeting_screen_meeting_id_idx`(`meeting_id`),
    INDEX `meeting_screen_expires_at_idx`(`expires_at`),
    CONSTRAINT `meeting_screen_meeting_id_fkey` FOREIGN KEY (`meeting_id`) REFERENCES `meeting`(`id`) ON DELETE CASCADE ON UPDATE RESTRICT
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
