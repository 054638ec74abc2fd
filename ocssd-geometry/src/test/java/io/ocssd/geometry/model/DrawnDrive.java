package io.ocssd.geometry.model;

import io.ocssd.geometry.model.DriveModel.Failing;
import java.util.SplittableRandom;

/**
 * A drive drawn by a seed.
 *
 * @param creation URI parameters that make it
 * @param opening URI parameters of every opening
 * @param traits what they mean for the model
 */
record DrawnDrive(String creation, String opening, DriveModel.Traits traits) {
    /** What kind of history a drive is drawn for. */
    enum Kind {
        /** In memory, without latency. */
        IMMEDIATE(false, false, false),
        /** In memory, in virtual time. */
        VIRTUAL(true, false, false),
        /** In an image file, without latency, closed and opened again, its power cut. */
        IMMEDIATE_CUT(false, true, false),
        /** In an image file, in virtual time, closed and opened again, its power cut. */
        VIRTUAL_CUT(true, true, false),
        /** In memory, without latency, with faults. */
        IMMEDIATE_FAULTS(false, false, true),
        /** In memory, in virtual time, with faults. */
        VIRTUAL_FAULTS(true, false, true);

        private final boolean timed;
        private final boolean image;
        private final boolean faulty;

        Kind(boolean timed, boolean image, boolean faulty) {
            this.timed = timed;
            this.image = image;
            this.faulty = faulty;
        }

        boolean isTimed() {
            return timed;
        }

        boolean isImage() {
            return image;
        }

        boolean isFaulty() {
            return faulty;
        }
    }

    static DrawnDrive draw(SplittableRandom random, Kind kind) {
        boolean zoned = random.nextInt(4) == 0;
        int wsMin = 1 + random.nextInt(4);
        int endurance = !kind.isFaulty() && random.nextInt(4) == 0 ? 12 + random.nextInt(20) : 0;
        boolean payload = random.nextInt(16) > 0;
        StringBuilder creation = new StringBuilder("profile=").append(zoned ? "zns-small" : "tiny");
        add(creation, "sectorBytes", 512);
        add(creation, "wsMin", wsMin);
        add(creation, "wsOpt", wsMin * (1 + random.nextInt(3)));
        int units = endurance > 0 ? 1 + random.nextInt(3) : units(random);
        add(creation, "sectors", wsMin * units);
        add(creation, "mwCunits", random.nextInt(3) == 0 ? 0 : random.nextInt(3 * wsMin + 3));
        add(creation, "oobBytes", new int[] {0, 7, 16}[random.nextInt(3)]);
        add(creation, "seed", random.nextInt(1000));
        add(creation, "endurance", endurance);
        add(creation, "copy", random.nextBoolean() ? "on" : "off");
        if (zoned) {
            zones(creation, random, endurance > 0 ? 3 : 12);
        } else {
            chunks(creation, random, endurance > 0 ? 2 : 10, units);
        }
        if (!payload) {
            add(creation, "payload", "off");
        }
        if (kind.isImage() && random.nextInt(3) == 0) {
            add(creation, "class", "volatile-pairs");
        }
        StringBuilder opening = new StringBuilder("timing=").append(kind.isTimed() ? "on" : "off");
        if (!kind.isTimed() && random.nextBoolean()) {
            add(opening, "shuffle", random.nextInt(1000));
        }
        if (kind.isTimed()) {
            timing(opening, random);
        }
        // A journal can't protect blocks that are written again and again.
        if (kind.isImage() && random.nextInt(8) == 0 && creation.indexOf("randomBlocks") < 0) {
            add(opening, "persist", "host");
        }
        return new DrawnDrive(
                creation.toString(),
                opening.toString(),
                new DriveModel.Traits(payload, endurance, failing(random, kind)));
    }

    /** One way only, since the answer to a vector tells one status. */
    private static Failing failing(SplittableRandom random, Kind kind) {
        if (!kind.isFaulty()) {
            return Failing.NEVER;
        }
        return random.nextBoolean() ? Failing.CLOSES_EARLY : Failing.LOSES_UNIT;
    }

    private static void timing(StringBuilder opening, SplittableRandom random) {
        if (random.nextBoolean()) {
            add(opening, "readNanos", random.nextInt(3) * 500);
            add(opening, "programNanos", random.nextInt(3) * 700);
            add(opening, "eraseNanos", random.nextInt(3) * 2000);
            return;
        }
        String[] names = {"small", "westlake", "tlc", "z-nand", "planar-tlc"};
        add(opening, "timings", names[random.nextInt(names.length)]);
        add(opening, "suspend", new String[] {"off", "high", "all"}[random.nextInt(3)]);
        add(opening, "cacheRead", random.nextBoolean() ? "on" : "off");
        add(opening, "cacheProgram", random.nextBoolean() ? "on" : "off");
    }

    private static int units(SplittableRandom random) {
        // Now and then a block is larger than any command.
        return random.nextInt(8) == 0 ? 30 + random.nextInt(40) : 1 + random.nextInt(12);
    }

    private static void zones(StringBuilder creation, SplittableRandom random, int most) {
        int maxOpen = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(4);
        add(creation, "blocks", 2 + random.nextInt(most - 1));
        add(creation, "maxOpen", maxOpen);
        add(creation, "maxActive", random.nextInt(4) == 0 ? 0 : Math.max(1, maxOpen) + random.nextInt(3));
    }

    private static void chunks(StringBuilder creation, SplittableRandom random, int most, int units) {
        int luns = 1 + random.nextInt(3);
        int blocks = random.nextInt(8) == 0 ? 1 : 2 + random.nextInt(most - 1);
        add(creation, "channels", 1 + random.nextInt(3));
        add(creation, "luns", luns);
        add(creation, "blocks", blocks);
        add(creation, "factoryBad", random.nextInt(blocks >= 8 ? 2 : 1));
        add(creation, "eraseFree", random.nextBoolean() ? "on" : "off");
        add(creation, "eraseOpen", random.nextBoolean() ? "on" : "off");
        if (random.nextInt(3) == 0) {
            add(creation, "maxOpen", 1 + random.nextInt(4));
        }
        if (random.nextInt(4) == 0) {
            add(creation, "maxOpenPerLun", 1 + random.nextInt(2));
        }
        if (random.nextInt(4) == 0 && blocks > 4) {
            add(creation, "randomBlocks", 1);
        }
        if (random.nextInt(4) == 0 && blocks > 4 && units > 1) {
            add(creation, "shortBlocks", random.nextInt(2));
        }
    }

    private static void add(StringBuilder uri, String name, Object value) {
        uri.append('&').append(name).append('=').append(value);
    }
}
