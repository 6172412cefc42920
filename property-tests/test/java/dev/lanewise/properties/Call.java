// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import dev.lanewise.reference.NumbersPolicy;
import dev.lanewise.reference.Precision;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One call of one pass of an operator, with everything around its operands watched: canaries,
 * inputs that must not change, a workspace full of NaN.
 *
 * <p>All passes have the same three forms with the operands in the same order, for float and for
 * double. That is a promise of the API, so the method to call is worked out from the operands and
 * looked up by name and type; a pass that breaks the rule is a missing method.
 */
final class Call implements AutoCloseable {
  private final Object operator;
  private final String pass;
  private final Precision precision;
  private final Layout layout;
  private final Arena arena;
  private final List<Class<?>> types = new ArrayList<>();
  private final List<Object> arguments = new ArrayList<>();
  private final List<Watched> watched = new ArrayList<>();
  private Operand written;
  private boolean tight;

  private record Watched(String name, Operand operand, double[] unchanged) {}

  Call(Object operator, String pass, Precision precision, Layout layout) {
    this.operator = operator;
    this.pass = pass;
    this.precision = precision;
    this.layout = layout;
    this.tight = layout.form() == Form.ARRAYS;
    // Both kinds matter to plans with threads.
    this.arena = layout.shift() % 2 == 0 ? Arena.ofConfined() : Arena.ofShared();
  }

  /** Lets every operand end where its memory ends. */
  Call tight() {
    tight = true;
    return this;
  }

  /** An operand that is only read; null stands for one that is left out. */
  Call input(double[] numbers) {
    if (numbers == null) {
      return nothing();
    }
    operand("operand " + watched.size(), numbers, numbers);
    return this;
  }

  /** An operand in memory of its own, which is not watched. */
  Call segment(MemorySegment memory) {
    argument(MemorySegment.class, memory);
    return this;
  }

  /** No operand. */
  Call nothing() {
    argument(layout.form() == Form.SEGMENTS ? MemorySegment.class : arrayType(), null);
    if (layout.form() == Form.OFFSETS) {
      argument(int.class, 0);
    }
    return this;
  }

  /** No workspace. */
  Call noWorkspace() {
    argument(arrayType(), null);
    if (layout.form() == Form.OFFSETS) {
      argument(int.class, 0);
    }
    return this;
  }

  /** The operand that is written, with what it holds before. */
  Call output(double[] before) {
    written = operand("written operand", before, null);
    return this;
  }

  /** The operand that is written, full of NaN. */
  Call output(int elements) {
    return output(nans(elements));
  }

  /** Scratch memory full of NaN. It is an array in every form. */
  Call workspace(int elements) {
    boolean withOffset = layout.form() == Form.OFFSETS;
    int offset = withOffset ? layout.offset(watched.size()) : 0;
    boolean toTheEnd = tight || !withOffset;
    Operand workspace = Operand.in(Place.ARRAY, precision, arena, offset, nans(elements), toTheEnd);
    watched.add(new Watched("workspace", workspace, null));
    argument(arrayType(), workspace.array());
    if (withOffset) {
      argument(int.class, workspace.offset());
    }
    return this;
  }

  /** A factor, in the operator's own type. */
  Call scalar(double value) {
    if (precision == Precision.FLOAT) {
      argument(float.class, (float) value);
    } else {
      argument(double.class, value);
    }
    return this;
  }

  /** A choice. */
  Call option(Enum<?> choice) {
    argument(choice.getDeclaringClass(), choice);
    return this;
  }

  /** A weight that the operator packed. */
  Call packed(Object weight) {
    argument(weight.getClass(), weight);
    return this;
  }

  /** Calls the pass, looks after the surroundings and returns what was written. */
  double[] run() {
    invoke();
    for (Watched each : watched) {
      each.operand().requireCanaries(pass + ", " + each.name());
      if (each.unchanged() != null) {
        NumbersPolicy.requireSameBits(
            pass + ", " + each.name() + " (only read)", each.unchanged(), each.operand().numbers());
      }
    }
    double[] result = written.numbers();
    close();
    return result;
  }

  /** Calls the pass, which must refuse; nothing may have been written. */
  RuntimeException runRefused() {
    double[] before = written == null ? new double[0] : written.numbers();
    try {
      invoke();
    } catch (RuntimeException refusal) {
      if (written != null) {
        NumbersPolicy.requireSameBits(
            pass + " refused, written operand", before, written.numbers());
      }
      close();
      return refusal;
    }
    throw new AssertionError(pass + " was not refused");
  }

  @Override
  public void close() {
    arena.close();
  }

  private void invoke() {
    try {
      MethodHandles.publicLookup()
          .findVirtual(operator.getClass(), pass, MethodType.methodType(void.class, types))
          .bindTo(operator)
          .invokeWithArguments(arguments);
    } catch (RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable thrown) {
      throw new AssertionError(thrown);
    }
  }

  private Operand operand(String name, double[] numbers, double[] unchanged) {
    int number = watched.size();
    int offset = layout.offset(number);
    Place place = layout.place(number);
    if (unchanged == null && place == Place.READ_ONLY_ARRAY) {
      place = Place.ARRAY;
    }
    Operand operand = Operand.in(place, precision, arena, offset, numbers, tight);
    watched.add(new Watched(name, operand, unchanged));
    if (layout.form() == Form.SEGMENTS) {
      argument(MemorySegment.class, operand.segment());
    } else {
      argument(arrayType(), operand.array());
      if (layout.form() == Form.OFFSETS) {
        argument(int.class, offset);
      }
    }
    return operand;
  }

  private void argument(Class<?> type, Object value) {
    types.add(type);
    arguments.add(value);
  }

  private Class<?> arrayType() {
    return precision == Precision.FLOAT ? float[].class : double[].class;
  }

  private static double[] nans(int elements) {
    double[] nans = new double[elements];
    Arrays.fill(nans, Double.NaN);
    return nans;
  }
}
