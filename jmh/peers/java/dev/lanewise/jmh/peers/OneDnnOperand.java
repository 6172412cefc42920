// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.peers;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.desc;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;

/** An operand in its plain layout and in the one that a primitive chose, often the same. */
final class OneDnnOperand {
  private final memory plain;
  private final memory chosen;
  private final reorder toChosen;
  private final reorder toPlain;
  private final int elements;

  OneDnnOperand(engine cpu, desc plainLayout, desc chosenLayout, float[] values) {
    this.plain = new memory(plainLayout, cpu);
    this.elements = values.length;
    plainFloats().put(values, 0, elements);
    if (plainLayout.equals(chosenLayout)) {
      this.chosen = plain;
      this.toChosen = null;
      this.toPlain = null;
    } else {
      this.chosen = new memory(chosenLayout, cpu);
      this.toChosen = new reorder(plain, chosen);
      this.toPlain = new reorder(chosen, plain);
    }
  }

  /** What the primitive reads or writes. */
  memory chosen() {
    return chosen;
  }

  void reorderToChosen(stream queue) {
    if (toChosen != null) {
      toChosen.execute(queue, plain, chosen);
    }
  }

  void reorderToPlain(stream queue) {
    if (toPlain != null) {
      toPlain.execute(queue, chosen, plain);
    }
  }

  /** The values in the plain layout, as last reordered. */
  float[] plainValues() {
    float[] values = new float[elements];
    plainFloats().get(values, 0, elements);
    return values;
  }

  private FloatPointer plainFloats() {
    return new FloatPointer(plain.get_data_handle());
  }
}
