package io.ocssd.ftl.storm;

import io.ocssd.target.TargetShare;

/** The drives that storms rage over: zones, and two chunk drives that differ in everything that decides a layout. */
enum StormShape {
    ZONES(
            "profile=zns-small&blocks=32&sectors=48&maxOpen=9&maxActive=9&factoryBad=1",
            TargetShare.capacity(12 * 48 * 4096)),
    WIDE(
            "profile=tiny&channels=3&luns=2&blocks=10&sectors=32&wsMin=2&wsOpt=8&mwCunits=8&factoryBad=3",
            TargetShare.lunCount(4)),
    DEEP(
            "profile=tiny&channels=3&luns=1&blocks=14&sectors=72&oobBytes=0&wsMin=4&wsOpt=8&mwCunits=24&factoryBad=0",
            TargetShare.lunCount(2));

    private final String parameters;
    private final TargetShare share;

    StormShape(String parameters, TargetShare share) {
        this.parameters = parameters;
        this.share = share;
    }

    /** What of the drive the target has that a storm is about. */
    TargetShare share() {
        return share;
    }

    String parameters() {
        return parameters;
    }
}
