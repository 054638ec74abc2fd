package io.ocssd.geometry.model;

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
        IMMEDIATE(false, false),
        /** In memory, in virtual time. */
        VIRTUAL(true, false),
        /** In an image file, without latency, closed and opened again, its power cut. */
        IMMEDIATE_CUT(false, true),
        /** In an image file, in virtual time, closed and opened again, its power cut. */
        VIRTUAL_CUT(true, true);

        private final boolean timed;
        private final boolean image;

        Kind(boolean timed, boolean image) {
            this.timed = timed;
            this.image = image;
        }

        boolean isTimed() {
            return timed;
        }

        boolean isImage() {
            return image;
        }
    }

    static DrawnDrive draw(SplittableRandom random, Kind kind) {
        boolean zoned = random.nextInt(4) == 0;
        int wsMin = 1 + random.nextInt(4);
        int endurance = !kind.isImage() && random.nextInt(4) == 0 ? 3 + random.nextInt(6) : 0;
        boolean payload = random.nextInt(16) > 0;
        StringBuilder creation = new StringBuilder("profile=").append(zoned ? "zns-small" : "tiny");
        add(creation, "sectorBytes", 512);
        add(creation, "wsMin", wsMin);
        add(creation, "wsOpt", wsMin * (1 + random.nextInt(3)));
        add(creation, "sectors", wsMin * units(random));
        add(creation, "mwCunits", random.nextInt(3) == 0 ? 0 : random.nextInt(3 * wsMin + 3));
        add(creation, "oobBytes", new int[] {0, 7, 16}[random.nextInt(3)]);
        add(creation, "seed", random.nextInt(1000));
        add(creation, "endurance", endurance);
        add(creation, "copy", random.nextBoolean() ? "on" : "off");
        if (zoned) {
            zones(creation, random);
        } else {
            chunks(creation, random);
        }
        if (!payload) {
            add(creation, "payload", "off");
        }
        if (kind.isImage() && random.nextInt(3) == 0) {
            add(creation, "class", "volatile-pairs");
        }
        StringBuilder opening = new StringBuilder("timing=").append(kind.isTimed() ? "on" : "off");
        if (kind.isTimed()) {
            add(opening, "readNanos", random.nextInt(3) * 500);
            add(opening, "programNanos", random.nextInt(3) * 700);
            add(opening, "eraseNanos", random.nextInt(3) * 2000);
        }
        return new DrawnDrive(
                creation.toString(), opening.toString(), new DriveModel.Traits(payload, endurance, false));
    }

    private static int units(SplittableRandom random) {
        // Now and then a block is larger than any command.
        return random.nextInt(8) == 0 ? 30 + random.nextInt(40) : 1 + random.nextInt(12);
    }

    private static void zones(StringBuilder creation, SplittableRandom random) {
        int maxOpen = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(4);
        add(creation, "blocks", 3 + random.nextInt(10));
        add(creation, "maxOpen", maxOpen);
        add(creation, "maxActive", random.nextInt(4) == 0 ? 0 : Math.max(1, maxOpen) + random.nextInt(3));
    }

    private static void chunks(StringBuilder creation, SplittableRandom random) {
        int luns = 1 + random.nextInt(3);
        int blocks = random.nextInt(8) == 0 ? 1 : 2 + random.nextInt(9);
        add(creation, "channels", 1 + random.nextInt(2));
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
        if (random.nextInt(4) == 0 && blocks > 4) {
            add(creation, "shortBlocks", random.nextInt(2));
        }
    }

    private static void add(StringBuilder uri, String name, Object value) {
        uri.append('&').append(name).append('=').append(value);
    }
}
