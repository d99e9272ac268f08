package org.strongroom.schema;

import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a collection's file says, read and found sound. Positions count fields from 0.
 *
 * @param yaml the file, word for word
 * @param subjectField the position of the field that identifies the subject
 * @param keyFields the positions of the natural key
 * @param indexes identity first, then the key if it is another, then the rest
 * @param retention null for no limit
 */
record Declaration(
    String name,
    String description,
    String yaml,
    String subjectKind,
    List<Field> fields,
    int subjectField,
    boolean onePerSubject,
    List<Integer> keyFields,
    List<Index> indexes,
    List<CrossCheck> checks,
    @Nullable Period retention) {}
