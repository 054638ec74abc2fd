package io.ocssd.geometry.emulator;

/**
 * 128 bytes in front of the fields of an object that a thread writes with every command: two cache lines, since processors
 * fetch them in pairs.
 *
 * <p>The collector lays objects side by side as it finds them, those of different threads too. Where such objects share a
 * line, two threads on LUNs of their own may need three times as long as apart, and it begins and ends with any collection.
 * A class that extends this one has its fields behind the padding, and makes its objects of a subclass that has as much
 * behind them: fields of a superclass come first in memory.
 */
@SuppressWarnings("UnusedVariable")
abstract class Padding {
    private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;
}
