const text = (length: number) =>
  `varchar(${length}) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL`
/** `wx_user` as defined by the older systems whose table is adopted. */
export const EXISTING_TABLE = `
  CREATE TABLE wx_user (
    id int(11) NOT NULL AUTO_INCREMENT,
    username ${text(63)},
    password ${text(63)} DEFAULT '',
    gender tinyint(3) NOT NULL DEFAULT 0,
    birthday date NULL DEFAULT NULL,
    last_login_time datetime(0) NULL DEFAULT NULL,
    last_login_ip ${text(63)} DEFAULT '',
    user_level tinyint(3) NULL DEFAULT 0,
    nickname ${text(63)} DEFAULT '',
    mobile ${text(20)} DEFAULT '',
    avatar ${text(255)} DEFAULT '',
    weixin_openid ${text(63)} DEFAULT '',
    status tinyint(3) NOT NULL DEFAULT 0,
    add_time datetime(0) NULL DEFAULT NULL,
    update_time datetime(0) NULL DEFAULT NULL,
    deleted tinyint(1) NULL DEFAULT 0,
    share_user_id int(11) NULL DEFAULT NULL,
    PRIMARY KEY (id) USING BTREE,
    UNIQUE INDEX user_name (username) USING BTREE
  ) ENGINE = InnoDB CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci ROW_FORMAT = Compact`

export const EXISTING_USERS = [
  `(7, 'alice', 'secret', 1, '1990-02-03', '2024-01-02 08:00:00', '小红😀👨‍👩‍👧𠮷', 'oAbC', 0, '2023-05-06 07:00:00', 0)`,
  `(9, 'bob', '', 2, NULL, NULL, 'bob', 'oabc', 1, NULL, NULL)`,
  `(30, 'carol', '', 0, NULL, NULL, 'carol', 'oCarol', 0, NULL, 1)`,
]
export const insertUsers = (users: string[]) => `
  INSERT INTO wx_user (id, username, password, gender, birthday, last_login_time, nickname,
    weixin_openid, status, add_time, deleted) VALUES ${users.join(', ')}`
