package io.ocssd.device;

/**
 * 128 bytes in front of the fields of an object that a thread writes with every command: two cache lines, since processors
 * fetch them in pairs. The collector lays objects of different threads side by side, and two threads that write to one line
 * may need three times as long as apart. Fields of a superclass come first in memory: those in question are in a class
 * between this one and one that has as much padding behind them.
 */
@SuppressWarnings("UnusedVariable")
abstract class Padding {
    private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;
}
