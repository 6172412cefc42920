// SPDX-License-Identifier: Apache-2.0
/**
 * Measures contenders against each other, each in a process of its own and taking turns. JMH would
 * finish one before it starts the next, minutes later and on a machine that has changed.
 */
package dev.lanewise.jmh.match;
