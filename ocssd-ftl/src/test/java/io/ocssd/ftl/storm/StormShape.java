package io.ocssd.ftl.storm;

/** The drives that storms rage over: zones, and two chunk drives that differ in everything that decides a layout. */
enum StormShape {
    ZONES("profile=zns-small&sectors=48&factoryBad=1"),
    WIDE("profile=tiny&channels=3&luns=2&blocks=10&sectors=32&wsMin=2&wsOpt=8&mwCunits=8&factoryBad=3"),
    DEEP("profile=tiny&channels=2&luns=1&blocks=14&sectors=72&oobBytes=0&wsMin=4&wsOpt=8&mwCunits=24&factoryBad=0");

    private final String parameters;

    StormShape(String parameters) {
        this.parameters = parameters;
    }

    String parameters() {
        return parameters;
    }
}
