package org.strongroom.synthetic;

import org.jspecify.annotations.Nullable;

/**
 * One synthetic resident, spelt as the ready-made collection of residents has it. No such person is
 * meant to exist; the ID number and the phone may be somebody's by chance, since they are drawn
 * from the real ranges.
 *
 * @param residentId 18 characters, GB 11643-1999
 * @param sex {@code male} or {@code female}
 * @param dateOfBirth {@code yyyy-mm-dd}
 * @param ethnicity official short name, such as 汉
 * @param phone E.164
 * @param email under a domain reserved for examples
 * @param education {@code other}, {@code primary}, {@code junior_secondary}, {@code
 *     senior_secondary}, {@code vocational}, {@code undergraduate} or {@code postgraduate}
 * @param maritalStatus {@code single}, {@code married}, {@code divorced} or {@code widowed}
 */
public record Resident(
    String residentId,
    String name,
    @Nullable String formerName,
    String sex,
    String dateOfBirth,
    String ethnicity,
    String address,
    @Nullable String phone,
    @Nullable String email,
    @Nullable String occupation,
    String education,
    String maritalStatus) {}
