package io.ocssd.ftl.vblock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sector of many small layouts. */
final class StripeLayoutTest {
    record Shape(int width, int wsMin, int wsOpt, int sectorsPerBlock) {}

    static List<Named<Shape>> shapes() {
        List<Named<Shape>> shapes = new ArrayList<>();
        for (int width : new int[] {1, 2, 3, 5}) {
            for (int wsMin : new int[] {1, 2, 3}) {
                for (int factor : new int[] {1, 2, 4}) {
                    for (int units : new int[] {4, 5, 8, 11}) {
                        Shape shape = new Shape(width, wsMin, wsMin * factor, wsMin * units);
                        shapes.add(Named.of(shape.toString(), shape));
                    }
                }
            }
        }
        return shapes;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void everySectorButTheHeadersIsNumberedOnceAndInOrder(Shape shape) {
        StripeLayout layout = layout(shape);
        assertThat(layout.sectors()).isEqualTo((long) shape.width * (shape.sectorsPerBlock - shape.wsMin));
        int[] next = new int[shape.width];
        java.util.Arrays.fill(next, shape.wsMin);
        for (long s = 0; s < layout.sectors(); s++) {
            int place = layout.place(s);
            // Ascending without a gap in each block, so all sectors behind the header come, once.
            assertThat(layout.sector(s)).isEqualTo(next[place]++);
            assertThat(layout.streamSector(place, layout.sector(s))).isEqualTo(s);
        }
        assertThat(next).containsOnly(shape.sectorsPerBlock);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void runsEndWhereUnitsEndAndUnitsAreAligned(Shape shape) {
        StripeLayout layout = layout(shape);
        long units = 0;
        for (long s = 0; s < layout.sectors(); ) {
            int run = layout.run(s);
            int first = layout.sector(s);
            assertThat(run % shape.wsMin).isZero();
            assertThat((first + run) % shape.wsOpt == 0 || first + run == shape.sectorsPerBlock)
                    .isTrue();
            for (int i = 0; i < run; i++) {
                assertThat(layout.run(s + i)).isEqualTo(run - i);
                assertThat(layout.place(s + i)).isEqualTo(layout.place(s));
                assertThat(layout.units(0, s + i + 1)).isEqualTo(units + 1);
            }
            if (s + run < layout.sectors() && shape.width > 1) {
                assertThat(layout.place(s + run)).isEqualTo((layout.place(s) + 1) % shape.width);
            }
            s += run;
            units++;
        }
    }

    private static StripeLayout layout(Shape shape) {
        return new StripeLayout(shape.width, shape.wsMin, shape.wsOpt, shape.sectorsPerBlock);
    }
}
