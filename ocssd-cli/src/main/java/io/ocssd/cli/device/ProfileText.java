package io.ocssd.cli.device;

import io.ocssd.cli.frame.Numbers;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** All figures of a profile in lines for people. */
final class ProfileText {
    private final PrintStream out;

    ProfileText(PrintStream out) {
        this.out = out;
    }

    void print(ProfileView profile) {
        line("profile", profile.name() + ": " + profile.description());
        DeviceText.printShape(
                out, profile.geometry(), profile.capacityBytes(), profile.limits(), profile.capabilities());
        line("bad blocks", profile.factoryBadBlocks() + " from the start");
        line("endurance", endurance(profile));
        ProfileView.FlashView flash = profile.flash();
        line(
                "cells",
                flash.bitsPerCell()
                        + (flash.bitsPerCell() == 1 ? " bit" : " bits")
                        + (flash.pageBytes() == null ? "" : ", pages of " + Numbers.bytes(flash.pageBytes()))
                        + (flash.pagesPerProgram() == 1
                                ? ""
                                : ", " + flash.pagesPerProgram() + " of them programmed at once"));
        line(
                "times",
                "read " + nanos(flash.readNanos()) + ", program " + nanos(flash.programNanos()) + ", erase "
                        + Numbers.nanos(flash.eraseNanos()));
        line("bus", flash.busBytesPerSecond() == 0 ? "takes no time" : bus(flash));
        line("registers", registers(flash));
        line(
                "suspension",
                switch (flash.suspend()) {
                    case "none" -> "no read suspends a program or an erase";
                    case "high" -> "reads of high priority suspend programs and erases";
                    default -> "reads suspend programs and erases";
                });
        line("controller", controller(flash));
    }

    private static String endurance(ProfileView profile) {
        return (profile.endurance() == null ? "without end" : Numbers.count(profile.endurance()) + " erases of a block")
                + (profile.wearThreshold() == null
                        ? ""
                        : "; a wear index further than " + profile.wearThreshold() + " from the average is said");
    }

    private static String controller(ProfileView.FlashView flash) {
        boolean linked = flash.hostReadBytesPerSecond() + flash.hostWriteBytesPerSecond() > 0;
        if (!linked && flash.controllerNanos() == 0) {
            return "takes no time";
        }
        return Numbers.nanos(flash.controllerNanos()) + " for a command; host link "
                + (linked
                        ? rate(flash.hostReadBytesPerSecond()) + " read, " + rate(flash.hostWriteBytesPerSecond())
                                + " written"
                        : "takes no time");
    }

    private static String bus(ProfileView.FlashView flash) {
        return rate(flash.busBytesPerSecond()) + ", " + Numbers.nanos(flash.busCommandNanos()) + " for a command, "
                + Numbers.nanos(flash.busStatusNanos()) + " for a status";
    }

    private static String registers(ProfileView.FlashView flash) {
        String read = flash.cacheRead() ? "cache read, " + Numbers.nanos(flash.cacheReadNanos()) + " a page" : "";
        String program = flash.cacheProgram() ? "cache program" : "";
        return read.isEmpty() && program.isEmpty()
                ? "one"
                : read + (read.isEmpty() || program.isEmpty() ? "" : "; ") + program;
    }

    private static String nanos(List<Long> nanos) {
        return nanos.stream().map(Numbers::nanos).collect(Collectors.joining(" / "));
    }

    private static String rate(long bytesPerSecond) {
        return bytesPerSecond == 0 ? "any rate" : Numbers.rate(bytesPerSecond / 1e6);
    }

    private void line(String name, String value) {
        out.printf("%-12s %s%n", name, value);
    }
}
