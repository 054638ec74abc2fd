package io.ocssd.device;

import io.ocssd.buffer.IoBuffer;

/** What an {@link IoCommand} holds, with padding on both sides. */
abstract class CommandFields extends Padding {
    /** Places at either end of an array where nothing is, as much as {@link Padding} has. */
    static final int ROOM = 16;

    final long[] addresses = new long[ROOM + Limits.MAX_ADDRESSES + ROOM];
    final long[] destinations = new long[ROOM + Limits.MAX_ADDRESSES + ROOM];
    final int[] classBytes = new int[ByteClass.values().length];
    /** Whether any of {@link #classBytes} was named, so that those of the many commands that name none need no look. */
    boolean namesClasses;

    /** Ordinal in {@link IoCommand.Operation}, which changes often: storing a reference can cost a memory barrier. */
    byte operation;

    int count;
    int destinationCount;
    int rangeSectors;
    Priority priority = Priority.NORMAL;
    IoBuffer data;
    int dataOffset;
    IoBuffer oob;
    int oobOffset;
    long tag;
}
