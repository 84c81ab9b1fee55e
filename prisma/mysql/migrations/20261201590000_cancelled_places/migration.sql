ALTER TABLE `meeting_participant` ADD COLUMN `is_cancelled` BOOLEAN NOT NULL DEFAULT false;

UPDATE `meeting_participant` SET `is_cancelled` = true
WHERE `meeting_id` IN (SELECT `id` FROM `meeting` WHERE `state` = 0);

CREATE INDEX `meeting_participant_member_cancelled_starts_idx` ON `meeting_participant`(`member_id`, `is_cancelled`, `starts_at`, `meeting_id`);
DROP INDEX `meeting_participant_member_id_starts_at_meeting_id_idx` ON `meeting_participant`;
