package io.ocssd.ftl.statistics;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;

/** A writer waited for the device before it could take more. Its duration is on the clock of the host. */
@Name("io.ocssd.AppendStall")
@Label("Append Stall")
@Description("The writer of a vblock waited for the device before it could take more")
@Category("ocssd")
@Threshold("20 ms")
final class AppendStallEvent extends Event {
    @Label("Drive")
    String device;

    @Label("Serial Number")
    String serial;

    @Label("Target Id")
    int targetId;

    @Label("Vblock")
    long vblock;

    @Label("Stream")
    String stream;

    @Label("Time Waited")
    @Description("On the clock of the scheduler, which may be a virtual one")
    @Timespan(Timespan.NANOSECONDS)
    long waited;
}
