package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.device.Limits;
import io.ocssd.geometry.contract.Proves;
import io.ocssd.geometry.contract.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What zones answer, condition by condition. Zones of 16 sectors, wsMin 2, a window of 4. */
final class ZoneRulesTest {
    private static final int NOWHERE = BlockRules.NO_BLOCK;

    private final CreationParameters made = Made.of("profile=zns-small&sectors=16&wsMin=2&wsOpt=4&mwCunits=4");
    private final BlockStates zones = Made.blocks(made);
    private final ZoneRules rules = new ZoneRules(zones, made.limits());

    private int program(int first, int length) {
        return rules.program(3, first, length, true, false);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "EXPLICITLY_OPEN", "PARKED"})
    void aZoneIsWrittenAtItsWritePointer(Condition condition) {
        zones.set(3, condition, 6, 0);
        assertThat(program(6, 2)).isEqualTo(0x000);
        assertThat(program(6, 10)).isEqualTo(0x000);
        assertThat(program(6, 12)).isEqualTo(0x1B8);
        assertThat(program(4, 2)).isEqualTo(0x1BC);
        assertThat(program(8, 2)).isEqualTo(0x1BC);
        assertThat(program(16, 2)).isEqualTo(0x1BC);
        assertThat(program(6, 1)).isEqualTo(0x002);
        assertThat(rules.program(3, 6, 2, false, false)).isEqualTo(0x1BC);
        assertThat(rules.program(3, 6, 2, true, true)).isEqualTo(0x1BC);
    }

    @Test
    void anEmptyZoneIsWrittenFromItsBeginning() {
        assertThat(program(0, 2)).isEqualTo(0x000);
        assertThat(program(2, 2)).isEqualTo(0x1BC);
    }

    @ParameterizedTest
    @CsvSource({"CLOSED, 0x1B9", "READ_ONLY, 0x1BA", "OFFLINE, 0x1BB"})
    void zonesThatTakeNoWrites(Condition condition, String status) {
        zones.set(3, condition, 0, 0);
        // Whatever else is wrong.
        assertThat(rules.program(3, 9, 1, false, true)).isEqualTo(Integer.decode(status));
        assertThat(rules.append(3, 0, 1)).isEqualTo(Integer.decode(status));
    }

    @Test
    @Proves(Rule.ZONE_CHECK_ORDER)
    void theChecksComeInTheirOrder() {
        assertThat(rules.program(NOWHERE, 9, 1, false, true)).isEqualTo(0x080);
        assertThat(rules.program(3, 9, 31, false, true)).isEqualTo(0x002);
        assertThat(rules.program(3, 9, 32, false, true)).isEqualTo(0x1BC);
        assertThat(rules.program(3, 0, 32, true, false)).isEqualTo(0x1B8);
    }

    @Test
    void anAppendNamesTheStart() {
        zones.set(3, Condition.OPEN, 6, 0);
        assertThat(rules.append(3, 0, 2)).isEqualTo(0x000);
        assertThat(rules.append(3, 0, 10)).isEqualTo(0x000);
        assertThat(rules.append(3, 0, 12)).isEqualTo(0x1B8);
        assertThat(rules.append(3, 0, 3)).isEqualTo(0x002);
        assertThat(rules.append(3, 6, 2)).isEqualTo(0x002);
        assertThat(rules.append(NOWHERE, 6, 2)).isEqualTo(0x080);
        zones.set(3, Condition.CLOSED, 16, 0);
        assertThat(rules.append(3, 1, 2)).isEqualTo(0x002);
    }

    @Test
    void noZoneIsWrittenAnywhere() {
        assertThatThrownBy(() -> rules.programAnywhere(3, 1)).hasMessageContaining("block=3");
    }

    @ParameterizedTest
    @CsvSource({
        "FREE, 0, 0",
        "OPEN, 10, 6",
        "EXPLICITLY_OPEN, 10, 6",
        "PARKED, 10, 6",
        "CLOSED, 10, 10",
        "READ_ONLY, 10, 10",
        "OFFLINE, 0, 0"
    })
    void whatCanBeRead(Condition condition, int written, int end) {
        zones.set(3, condition, written, 0);
        assertThat(rules.readableEnd(3)).isEqualTo(end);
    }

    @Test
    void readsAcrossTheEnd() {
        assertThat(rules.readRange(3, 0, 16)).isEqualTo(0x000);
        assertThat(rules.readRange(3, 15, 1)).isEqualTo(0x000);
        assertThat(rules.readRange(3, 15, 2)).isEqualTo(0x1B8);
        assertThat(rules.readRange(3, 16, 2)).isEqualTo(0x000);
        assertThat(rules.readRange(NOWHERE, 15, 2)).isEqualTo(0x080);
        assertThat(rules.unreadable(NOWHERE)).isEqualTo(0x080);
        assertThat(rules.unreadable(3)).isEqualTo(0x287);
        zones.set(3, Condition.OFFLINE, 0, 0);
        assertThat(rules.unreadable(3)).isEqualTo(0x1BB);
    }

    @ParameterizedTest
    @CsvSource({
        // condition, erase, finish, open, close
        "FREE,            0x000, 0x000, 0x000, 0x1BF",
        "OPEN,            0x000, 0x000, 0x000, 0x000",
        "EXPLICITLY_OPEN, 0x000, 0x000, 0x000, 0x000",
        "PARKED,          0x000, 0x000, 0x000, 0x000",
        "CLOSED,          0x000, 0x000, 0x1BF, 0x1BF",
        "READ_ONLY,       0x1BF, 0x1BF, 0x1BF, 0x1BF",
        "OFFLINE,         0x1BF, 0x1BF, 0x1BF, 0x1BF"
    })
    void transitions(Condition condition, String erase, String finish, String open, String close) {
        zones.set(3, condition, 0, 0);
        assertThat(rules.erase(3, 0)).isEqualTo(Integer.decode(erase));
        assertThat(rules.eraseRange(3, 0, 16)).isEqualTo(Integer.decode(erase));
        assertThat(rules.finish(3, 0)).isEqualTo(Integer.decode(finish));
        assertThat(rules.open(3, 0)).isEqualTo(Integer.decode(open));
        assertThat(rules.close(3, 0)).isEqualTo(Integer.decode(close));
    }

    @Test
    void zonesThatAreNotThere() {
        assertThat(rules.erase(NOWHERE, 1)).isEqualTo(0x080);
        assertThat(rules.eraseRange(NOWHERE, 1, 2)).isEqualTo(0x080);
        assertThat(rules.finish(NOWHERE, 1)).isEqualTo(0x080);
        assertThat(rules.open(NOWHERE, 1)).isEqualTo(0x080);
        assertThat(rules.close(NOWHERE, 1)).isEqualTo(0x080);
    }

    @Test
    void aScalarEraseNamesAWholeZone() {
        assertThat(rules.eraseRange(3, 0, 15)).isEqualTo(0x080);
        assertThat(rules.eraseRange(3, 1, 15)).isEqualTo(0x002);
        assertThat(rules.eraseRange(3, 1, 16)).isEqualTo(0x002);
    }

    @Test
    void whatConcernsAWholeZoneNamesItsStart() {
        for (Condition each : Condition.values()) {
            zones.set(3, each, 0, 0);
            assertThat(rules.erase(3, 1)).isEqualTo(0x002);
            assertThat(rules.finish(3, 15)).isEqualTo(0x002);
            assertThat(rules.open(3, 16)).isEqualTo(0x002);
            assertThat(rules.close(3, 1)).isEqualTo(0x002);
        }
    }

    @Test
    void whatFailsOnTheMedia() {
        assertThat(rules.failedProgram()).isEqualTo(0x280);
        assertThat(rules.afterFailedProgram()).isEqualTo(Condition.READ_ONLY);
        assertThat(rules.failedErase()).isEqualTo(0x1BB);
    }

    // ---- places

    private ZonePlaces places(int maxOpen, int maxActive) {
        return new ZonePlaces(zones, new Limits(2, 4, 4, maxOpen, 0, maxActive));
    }

    private void move(ZonePlaces places, int zone, Condition after) {
        Condition before = zones.condition(zone);
        zones.set(zone, after, 2, 0);
        places.moved(zone, before, after);
    }

    @Test
    void activeZonesAreLimitedFirst() {
        ZonePlaces places = places(1, 2);
        assertThat(places.take(0)).isEqualTo(0x000);
        move(places, 0, Condition.EXPLICITLY_OPEN);
        // One may still be active, but none open.
        assertThat(places.take(1)).isEqualTo(0x1BE);
        move(places, 0, Condition.PARKED);
        assertThat(places.take(1)).isEqualTo(0x000);
        move(places, 1, Condition.EXPLICITLY_OPEN);
        assertThat(places.take(2)).isEqualTo(0x1BD);
        assertThat(places.take(0)).isEqualTo(0x1BE);
        move(places, 1, Condition.CLOSED);
        assertThat(places.take(2)).isEqualTo(0x000);
        places.giveBack(2);
        assertThat(places.take(3)).isEqualTo(0x000);
        assertThat(places.take(4)).isEqualTo(0x1BD);
        // A parked zone is active already.
        assertThat(places.take(0)).isEqualTo(0x000);
    }

    @Test
    void theZoneThatWasOpenedFirstIsParked() {
        ZonePlaces places = places(3, 0);
        assertThat(places.toPark()).isEqualTo(OpenPlaces.NONE);
        for (int zone : new int[] {7, 2, 5}) {
            assertThat(places.toPark()).isEqualTo(OpenPlaces.NONE);
            assertThat(places.take(zone)).isEqualTo(0x000);
            move(places, zone, Condition.OPEN);
        }
        assertThat(places.toPark()).isEqualTo(7);
        move(places, 7, Condition.PARKED);
        assertThat(places.toPark()).isEqualTo(OpenPlaces.NONE);
        move(places, 7, Condition.OPEN);
        assertThat(places.toPark()).isEqualTo(2);
        // One that is opened by command is not parked, and keeps its place.
        move(places, 2, Condition.EXPLICITLY_OPEN);
        assertThat(places.toPark()).isEqualTo(5);
        move(places, 5, Condition.FREE);
        assertThat(places.toPark()).isEqualTo(OpenPlaces.NONE);
        move(places, 9, Condition.EXPLICITLY_OPEN);
        assertThat(places.toPark()).isEqualTo(7);
        assertThat(places.take(10)).isEqualTo(0x000);
        move(places, 7, Condition.EXPLICITLY_OPEN);
        assertThat(places.take(11)).isEqualTo(0x1BE);
        move(places, 9, Condition.OFFLINE);
        assertThat(places.take(11)).isEqualTo(0x000);
    }

    @Test
    void withoutLimitsNothingIsParked() {
        assertThat(places(0, 0).take(3)).isEqualTo(0x000);
        ZonePlaces places = places(0, 16);
        for (int zone = 0; zone < 16; zone++) {
            assertThat(places.take(zone)).isEqualTo(0x000);
            move(places, zone, Condition.OPEN);
            assertThat(places.toPark()).isEqualTo(OpenPlaces.NONE);
        }
    }

    @Test
    void zonesFoundParkedAreActive() {
        zones.set(1, Condition.PARKED, 2, 0);
        zones.set(2, Condition.CLOSED, 2, 0);
        ZonePlaces places = places(1, 2);
        assertThat(places.take(3)).isEqualTo(0x000);
        assertThat(places.take(4)).isEqualTo(0x1BD);
        zones.set(5, Condition.OPEN, 2, 0);
        assertThatThrownBy(() -> places(1, 2)).hasMessageContaining("zone=5 is open");
    }
}
